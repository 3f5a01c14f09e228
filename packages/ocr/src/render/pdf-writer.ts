// Writes a pdf-lib document object by object. pdf-lib's own writer builds the whole file in memory, next to the input.
// Same form as its output: object streams, a cross-reference stream, nothing that depends on the clock.
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import {
  type PDFContext,
  PDFCrossRefStream,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFObjectStream,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from "pdf-lib";
import { FileStream } from "./file-stream.ts";

/** Objects in one object stream: with a hundred a tagged page of 4,000 objects is 7 % larger, more make readers unpack more to find one. */
const objectsPerStream = 250;

/** Writes every object of `context` to a new file at `path`. */
export async function writePdf(context: PDFContext, path: string): Promise<void> {
  const file = await open(path, "w");
  try {
    const out: Output = { file, offset: 0 };
    // The comment of four high bytes marks the file as binary (PDF 32000-1, 7.5.2).
    await write(out, Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1"));
    await writeObjects(context, out);
  } finally {
    await file.close();
  }
}

type Output = { file: FileHandle; offset: number };

async function writeObjects(context: PDFContext, out: Output): Promise<void> {
  const trailer = context.obj({});
  const { Root, Info, ID } = context.trailerInfo;
  if (Root !== undefined) trailer.set(PDFName.of("Root"), Root);
  if (Info !== undefined) trailer.set(PDFName.of("Info"), Info);
  if (ID !== undefined) trailer.set(PDFName.of("ID"), ID);
  const crossReference = PDFCrossRefStream.create(trailer, true);

  const packs: { ref: PDFRef; objects: [PDFRef, PDFObject][] }[] = [];
  let lastNumber = context.largestObjectNumber;
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFStream || ref.generationNumber !== 0) {
      crossReference.addUncompressedEntry(ref, out.offset);
      await writeObject(out, ref, object);
      continue;
    }
    let pack = packs.at(-1);
    if (pack === undefined || pack.objects.length === objectsPerStream) {
      lastNumber += 1;
      pack = { ref: PDFRef.of(lastNumber), objects: [] };
      packs.push(pack);
    }
    crossReference.addCompressedEntry(ref, pack.ref, pack.objects.length);
    pack.objects.push([ref, object]);
  }
  for (const { ref, objects } of packs) {
    crossReference.addUncompressedEntry(ref, out.offset);
    await writeObject(out, ref, PDFObjectStream.withContextAndObjects(context, objects, true));
  }
  const ref = PDFRef.of(lastNumber + 1);
  const start = out.offset;
  crossReference.dict.set(PDFName.of("Size"), PDFNumber.of(lastNumber + 2));
  crossReference.addUncompressedEntry(ref, start);
  await writeObject(out, ref, crossReference);
  await write(out, Buffer.from(`startxref\n${start}\n%%EOF\n`, "latin1"));
}

async function writeObject(out: Output, ref: PDFRef, object: PDFObject): Promise<void> {
  await write(out, Buffer.from(`${ref.objectNumber} ${ref.generationNumber} obj\n`, "latin1"));
  if (object instanceof PDFRawStream || object instanceof FileStream) {
    object.updateDict();
    await write(out, serialised(object.dict));
    await write(out, Buffer.from("\nstream\n", "latin1"));
    if (object instanceof FileStream) await copyRanges(out, object);
    else await write(out, object.contents);
    await write(out, Buffer.from("\nendstream", "latin1"));
  } else {
    await write(out, serialised(object));
  }
  await write(out, Buffer.from("\nendobj\n", "latin1"));
}

function serialised(object: PDFObject): Uint8Array {
  const bytes = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return bytes;
}

async function copyRanges(out: Output, stream: FileStream): Promise<void> {
  for (const { start, length } of stream.ranges) {
    if (length === 0) continue;
    for await (const chunk of createReadStream(stream.path, { start, end: start + length - 1 }))
      await write(out, chunk);
  }
}

async function write(out: Output, bytes: Uint8Array): Promise<void> {
  await out.file.writeFile(bytes);
  out.offset += bytes.length;
}
