// A HEIC file of any picture, made from nothing: HEVC without compression (pulse code modulation, ITU-T H.265, 7.3.8.7), one block of
// 16 × 16 pixels after the other, in the boxes of HEIF (ISO 23008-12).
import type { Raster } from "../src/pipeline/raster.ts";

const block = 16;

type Options = {
  /** Quarter turns against the clock that readers must make, and whether they must mirror it left to right after that. */
  turns?: number;
  mirrored?: boolean;
  /** Bytes of an Exif item. */
  exif?: Buffer;
};

/** `picture` must have an even number of pixels a side. */
export function makeHeic(picture: Raster, { turns = 0, mirrored = false, exif }: Options = {}): Buffer {
  const parameters = [nal(32, videoParameters()), nal(33, sequenceParameters(picture)), nal(34, pictureParameters())];
  const slice = nal(19, codedPicture(picture));
  const item = Buffer.concat([long(slice.length), slice]);
  const ftyp = box("ftyp", Buffer.from("heic\0\0\0\0mif1heic", "latin1"));
  const properties = [
    box("hvcC", decoderConfiguration(parameters)),
    box("ispe", long(0), long(picture.width), long(picture.height)),
    ...(turns > 0 ? [box("irot", [turns])] : []),
    ...(mirrored ? [box("imir", [1])] : []),
  ];
  const items = exif === undefined ? [item] : [item, exif];
  const meta = (start: number) => metaBox(properties, items, start);
  const start = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(start), box("mdat", ...items)]);
}

function metaBox(properties: Buffer[], items: Buffer[], start: number): Buffer {
  const names = ["hvc1", "Exif"];
  const entries = items.map((_, index) => {
    return box("infe", long(0x02000000), short(index + 1), short(0), Buffer.from(`${names[index]}\0`));
  });
  let at = start;
  const places = items.map((item, index) => {
    const place = Buffer.concat([short(index + 1), short(0), short(1), long(at), long(item.length)]);
    at += item.length;
    return place;
  });
  const used = properties.map((_, index) => (index === 1 ? index + 1 : 0x80 | (index + 1)));
  return box(
    "meta",
    long(0),
    box("hdlr", long(0), long(0), Buffer.from("pict"), Buffer.alloc(13)),
    box("pitm", long(0), short(1)),
    box("iloc", long(0), [0x44, 0], short(items.length), ...places),
    box("iinf", long(0), short(items.length), ...entries),
    box("iprp", box("ipco", ...properties), box("ipma", long(0), long(1), short(1), [used.length, ...used])),
    // The Exif item describes the picture.
    ...(items.length > 1 ? [box("iref", long(0), box("cdsc", short(2), short(1), short(1)))] : []),
  );
}

function decoderConfiguration(parameters: Buffer[]): Buffer {
  const arrays = parameters.map((unit, index) => {
    return Buffer.concat([Buffer.from([0x80 | (32 + index)]), short(1), short(unit.length), unit]);
  });
  const profile = [1, 0x01, 0x70, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 186];
  const rest = [0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, arrays.length];
  return Buffer.concat([Buffer.from([...profile, ...rest]), ...arrays]);
}

type Bits = { bytes: number[]; left: number; last: number };

function put(bits: Bits, value: number, count: number): void {
  for (let at = count - 1; at >= 0; at--) {
    bits.last = (bits.last << 1) | (Math.floor(value / 2 ** at) & 1);
    if (--bits.left > 0) continue;
    bits.bytes.push(bits.last);
    bits.left = 8;
    bits.last = 0;
  }
}

/** Exp-Golomb codes (9.2). */
function golomb(bits: Bits, ...values: number[]): void {
  for (const value of values) put(bits, value + 1, 2 * Math.floor(Math.log2(value + 1)) + 1);
}

function align(bits: Bits, first: 0 | 1): void {
  if (first === 1) put(bits, 1, 1);
  while (bits.left < 8) put(bits, 0, 1);
}

const empty = (): Bits => ({ bytes: [], left: 8, last: 0 });

/** Profile Main, level 6.2. */
function profileAndLevel(bits: Bits): void {
  put(bits, 0x01, 8);
  put(bits, 0x70000000, 32);
  put(bits, 0b1011, 4);
  put(bits, 0, 44);
  put(bits, 186, 8);
}

function videoParameters(): Bits {
  const bits = empty();
  put(bits, 0b0000_11_000000_000_1, 16);
  put(bits, 0xffff, 16);
  profileAndLevel(bits);
  put(bits, 1, 1);
  golomb(bits, 0, 0, 0);
  put(bits, 0, 6);
  golomb(bits, 0);
  put(bits, 0, 2);
  align(bits, 1);
  return bits;
}

function sequenceParameters({ width, height }: Raster): Bits {
  const bits = empty();
  put(bits, 0b0000_000_1, 8);
  profileAndLevel(bits);
  const [wide, high] = [Math.ceil(width / block) * block, Math.ceil(height / block) * block];
  golomb(bits, 0, 1, wide, high);
  // The picture is cut to its size, in pairs of pixels.
  put(bits, 1, 1);
  golomb(bits, 0, (wide - width) / 2, 0, (high - height) / 2);
  golomb(bits, 0, 0, 0);
  put(bits, 1, 1);
  golomb(bits, 0, 0, 0);
  // Coding blocks of 16, transforms of 4 to 16.
  golomb(bits, 1, 0, 0, 2, 0, 0);
  put(bits, 0b000, 3);
  // Samples of 8 bits without compression, in blocks of 16, not filtered.
  put(bits, 0b1_0111_0111, 9);
  golomb(bits, 1, 0);
  put(bits, 1, 1);
  golomb(bits, 0);
  put(bits, 0, 5);
  align(bits, 1);
  return bits;
}

function pictureParameters(): Bits {
  const bits = empty();
  golomb(bits, 0, 0);
  put(bits, 0, 7);
  golomb(bits, 0, 0, 0);
  put(bits, 0, 3);
  golomb(bits, 0, 0);
  put(bits, 0, 7);
  // Deblocking is off.
  put(bits, 0b1_0_1, 3);
  put(bits, 0, 2);
  golomb(bits, 0);
  put(bits, 0, 2);
  align(bits, 1);
  return bits;
}

/** rangeTabLps (table 9-46) for a range of 448 and more, by state. */
const lpsRange = [
  240, 227, 216, 205, 195, 185, 175, 166, 158, 150, 142, 135, 128, 122, 116, 110, 104, 99, 94, 89, 85, 80, 76, 72, 69,
  65, 62, 59, 56, 53, 50, 48, 45, 43, 41, 39, 37, 35, 33, 31, 30, 28, 27, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15,
  14, 14, 13, 12, 12, 11, 11, 10, 9,
];

function codedPicture({ width, height, grey }: Raster): Bits {
  const bits = empty();
  put(bits, 0b10, 2);
  golomb(bits, 0, 2, 0);
  align(bits, 1);
  let state = 0;
  for (let top = 0; top < height; top += block) {
    for (let left = 0; left < width; left += block) {
      putBlockHead(bits, left + top > 0, lpsRange[state] ?? 2);
      state = Math.min(62, state + 1);
      for (let at = 0; at < block * block; at++) {
        const [x, y] = [Math.min(width - 1, left + (at % block)), Math.min(height - 1, top + Math.floor(at / block))];
        bits.bytes.push(grey[y * width + x] ?? 0);
      }
      // Two planes of colour, none.
      for (let at = 0; at < (block * block) / 2; at++) bits.bytes.push(128);
    }
  }
  // The slice's end, as arithmetic code: one bin that ends it.
  putCode(bits, 508, 0);
  return bits;
}

/** "The slice goes on", one undivided block, samples as they are: three bins of arithmetic code (9.3.4). */
function putBlockHead(bits: Bits, goesOn: boolean, lps: number): void {
  const range = (goesOn ? 508 : 510) - lps;
  const shift = range < 256 ? 1 : 0;
  putCode(bits, (range << shift) - 2, shift);
}

/** Ends a piece of arithmetic code whose interval begins at `low` after `shift` bits. Of ten bits the first is never written. */
function putCode(bits: Bits, low: number, shift: number): void {
  // Seven bits of renormalisation come before the two last ones.
  put(bits, (low << 7) >> 8, shift + 8);
  put(bits, 1, 1);
  align(bits, 0);
}

/** A unit of the stream: two bytes of head, and a 3 wherever two zeros would seem to begin another one. */
function nal(type: number, { bytes }: Bits): Buffer {
  const safe: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      safe.push(3);
      zeros = 0;
    }
    safe.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.concat([Buffer.from([type << 1, 1]), Buffer.from(safe)]);
}

function box(type: string, ...parts: (Buffer | number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part))));
  return Buffer.concat([long(8 + body.length), Buffer.from(type), body]);
}

function short(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
