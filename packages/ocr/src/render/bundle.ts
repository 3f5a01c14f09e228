// All results as one ZIP archive (APPNOTE 6.3), without the PDF's bytes: they are most of it and stored already. Whoever sends
// the archive puts the PDF where its entry says, right before the central directory; packages/shared/src/bundle.ts finds the place.
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32, createDeflateRaw } from "node:zlib";

/** A file to pack: where it lies, and its name in the archive. */
export type BundleFile = { path: string; name: string };

type Entry = { name: Buffer; crc: number; size: number; packed: number; method: number; offset: number };

const stored = 0;
const deflated = 8;
/** Version 2.0 is needed to unpack: deflate. */
const version = 20;
/** Names are UTF-8. */
const utf8Flag = 0x0800;
/** Sizes and offsets have 32 bits. Archives of more bytes are not made: few programs of the last decade want them whole. */
const longest = 0xffff_ffff;

/** Writes to `path` the archive of `texts` and of `pdf`, with a hole where the PDF's bytes belong. False when it would be too long. */
export async function writeBundle(
  path: string,
  texts: readonly BundleFile[],
  pdf: BundleFile,
  createdAt: Date,
): Promise<boolean> {
  const time = dosTime(createdAt);
  const file = await open(path, "w");
  try {
    const entries: Entry[] = [];
    let offset = 0;
    for (const text of texts) {
      const entry = await writeDeflated(file, text, offset, time);
      entries.push(entry);
      offset += 30 + entry.name.length + entry.packed;
    }
    const last = await measured(pdf, offset);
    const header = localHeader(last, time);
    await file.write(header, 0, header.length, offset);
    const hole = offset + header.length;
    const directory = Buffer.concat([...entries, last].map((entry) => centralHeader(entry, time)));
    const directoryAt = hole + last.size;
    if (directoryAt + directory.length > longest) return false;
    const rest = Buffer.concat([directory, endRecord(entries.length + 1, directory.length, directoryAt)]);
    await file.write(rest, 0, rest.length, hole);
    return true;
  } finally {
    await file.close();
  }
}

/** Packs the file at `offset`; its header is written last, when its length is known. */
async function writeDeflated(file: FileHandle, { path, name }: BundleFile, offset: number, time: number) {
  const entry: Entry = { name: Buffer.from(name), crc: 0, size: 0, packed: 0, method: deflated, offset };
  const start = offset + 30 + entry.name.length;
  const source = createReadStream(path);
  const packer = createDeflateRaw();
  source.on("data", (chunk) => {
    entry.crc = crc32(chunk, entry.crc);
    entry.size += chunk.length;
  });
  source.on("error", (error) => packer.destroy(error));
  for await (const chunk of source.pipe(packer) as AsyncIterable<Buffer>) {
    await file.write(chunk, 0, chunk.length, start + entry.packed);
    entry.packed += chunk.length;
  }
  const header = localHeader(entry, time);
  await file.write(header, 0, header.length, offset);
  return entry;
}

async function measured({ path, name }: BundleFile, offset: number): Promise<Entry> {
  const entry: Entry = { name: Buffer.from(name), crc: 0, size: 0, packed: 0, method: stored, offset };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    entry.crc = crc32(chunk, entry.crc);
    entry.size += chunk.length;
  }
  entry.packed = entry.size;
  return entry;
}

/** The fields that both headers of an entry have, from "version needed" to "extra field length". */
function fields(entry: Entry, time: number): number[] {
  const lengths = [...u32(entry.crc), ...u32(entry.packed), ...u32(entry.size), ...u16(entry.name.length), ...u16(0)];
  return [...u16(version), ...u16(utf8Flag), ...u16(entry.method), ...u32(time), ...lengths];
}

function localHeader(entry: Entry, time: number): Buffer {
  return Buffer.concat([Buffer.from([...u32(0x04034b50), ...fields(entry, time)]), entry.name]);
}

function centralHeader(entry: Entry, time: number): Buffer {
  // Made by version 2.0; then: comment length, disk, internal and external attributes, offset of the local header.
  const rest = [...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(entry.offset)];
  return Buffer.concat([
    Buffer.from([...u32(0x02014b50), ...u16(version), ...fields(entry, time), ...rest]),
    entry.name,
  ]);
}

function endRecord(entries: number, length: number, offset: number): Buffer {
  const disks = [...u16(0), ...u16(0), ...u16(entries), ...u16(entries)];
  return Buffer.from([...u32(0x06054b50), ...disks, ...u32(length), ...u32(offset), ...u16(0)]);
}

/** Time (lower half) and date as MS-DOS had them: UTC, two-second steps, from 1980 on. */
function dosTime(time: Date): number {
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1);
  const date = (Math.max(0, time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  return ((date << 16) | clock) >>> 0;
}

const u16 = (value: number): number[] => [value & 255, (value >>> 8) & 255];
const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
