// An ICC profile of sRGB, made from the numbers that IEC 61966-2-1 publishes, in the oldest form that PDF/A-2 takes:
// version 2, three colorants and one curve (ICC.1:2001-04).

/** Colorants adapted to D50 by Bradford's method, as every sRGB profile of version 2 has them, XYZ. */
const colorants = { r: [0.43607, 0.22249, 0.01392], g: [0.38515, 0.71687, 0.09708], b: [0.14307, 0.06061, 0.7141] };
/** Illuminant D50, XYZ (ICC.1:2001-04, 6.1.1). */
const d50 = [0.9642, 1, 0.8249];
/** Entries of the curve: between two of them lies less than an 8-bit step. */
const curveEntries = 1024;

/** The profile, the same bytes each time. */
export function srgbProfile(): Buffer {
  const tags: [string, Buffer][] = [
    ["desc", description("sRGB IEC61966-2.1")],
    ["cprt", Buffer.concat([tagType("text"), Buffer.from("No copyright, use freely\0", "latin1")])],
    ["wtpt", xyz(d50)],
    ["rXYZ", xyz(colorants.r)],
    ["gXYZ", xyz(colorants.g)],
    ["bXYZ", xyz(colorants.b)],
    ["TRC", curve()],
  ];
  // The three channels share one curve.
  const named = tags.flatMap(([name, content]) =>
    name === "TRC" ? ["rTRC", "gTRC", "bTRC"].map((channel) => ({ name: channel, content })) : [{ name, content }],
  );
  const offsets = new Map<Buffer, number>();
  let end = 128 + 4 + 12 * named.length;
  for (const [, content] of tags) {
    offsets.set(content, end);
    end += Math.ceil(content.length / 4) * 4;
  }
  const file = Buffer.alloc(end);
  header(end).copy(file);
  file.writeUInt32BE(named.length, 128);
  named.forEach(({ name, content }, index) => {
    const at = 132 + 12 * index;
    const offset = offsets.get(content) ?? 0;
    file.write(name, at, "latin1");
    file.writeUInt32BE(offset, at + 4);
    file.writeUInt32BE(content.length, at + 8);
    content.copy(file, offset);
  });
  return file;
}

/** Size, version 2.1, a display device, RGB over XYZ, a fixed date, perceptual intent, illuminant D50. */
function header(size: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x02100000, 8);
  bytes.write("mntrRGB XYZ ", 12, "latin1");
  [2026, 1, 1, 0, 0, 0].forEach((part, index) => {
    bytes.writeUInt16BE(part, 24 + 2 * index);
  });
  bytes.write("acsp", 36, "latin1");
  for (const [index, value] of d50.entries()) bytes.writeInt32BE(fixed(value), 68 + 4 * index);
  return bytes;
}

/** textDescriptionType: the text in ASCII; none in Unicode or for scripts. */
function description(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length + 1);
  return Buffer.concat([tagType("desc"), length, Buffer.from(`${text}\0`, "latin1"), Buffer.alloc(4 + 4 + 2 + 1 + 67)]);
}

function xyz(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(12);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(fixed(value), 4 * index);
  return Buffer.concat([tagType("XYZ "), bytes]);
}

function curve(): Buffer {
  const bytes = Buffer.alloc(4 + 2 * curveEntries);
  bytes.writeUInt32BE(curveEntries);
  for (let index = 0; index < curveEntries; index++) {
    bytes.writeUInt16BE(Math.round(65535 * linear(index / (curveEntries - 1))), 4 + 2 * index);
  }
  return Buffer.concat([tagType("curv"), bytes]);
}

/** Light of a channel's value, both 0–1 (IEC 61966-2-1, 5.2). */
function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

const tagType = (name: string) => Buffer.from(`${name}\0\0\0\0`, "latin1");
/** s15Fixed16Number. */
const fixed = (value: number) => Math.round(value * 65536);
