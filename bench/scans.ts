// Input for the benches: pages of print, rasterised to look like scans. Needs poppler's pdftoppm.
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PDFDocument, StandardFonts } from "pdf-lib";

const run = promisify(execFile);
const a4 = [595.28, 841.89] as const;
const words =
  "the contract shall be governed by law and any dispute arising out of it is settled by arbitration under rules of commerce \
payment falls due thirty days after receipt of invoice number total amount net tax delivery goods buyer seller notice written \
agreement party parties term termination liability damages insurance confidential information schedule annex signature date".split(
    " ",
  );

/** `count` different A4 pages of some 450 words in 11 pt, as grey JPEGs at `dpi`. Deterministic. */
export async function makeScans(count: number, dpi: number): Promise<Uint8Array[]> {
  const folder = await mkdtemp(join(tmpdir(), "legible-scans-"));
  try {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.TimesRoman);
    let seed = 1;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    for (let number = 1; number <= count; number++) {
      const page = document.addPage([...a4]);
      page.drawText(`Page ${number} of ${count}`, { x: 60, y: 790, size: 14, font });
      for (let line = 0; line < 42; line++) {
        let text = "";
        while (font.widthOfTextAtSize(text, 11) < 440) text += `${words[Math.floor(random() * words.length)]} `;
        page.drawText(text.trim(), { x: 60, y: 760 - line * 16.5, size: 11, font });
      }
    }
    await writeFile(join(folder, "in.pdf"), await document.save());
    await run("pdftoppm", ["-r", String(dpi), "-gray", "-jpeg", "-jpegopt", "quality=80", "in.pdf", "page"], {
      cwd: folder,
    });
    const names = (await readdir(folder)).filter((name) => name.endsWith(".jpg")).sort();
    return await Promise.all(names.map(async (name) => new Uint8Array(await readFile(join(folder, name)))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The scans as one PDF, a full-page image a page: what a scanner makes. */
export async function scansToPdf(scans: Uint8Array[], dpi: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const scan of scans) {
    const image = await document.embedJpg(scan);
    const size: [number, number] = [(image.width * 72) / dpi, (image.height * 72) / dpi];
    document.addPage(size).drawImage(image, { x: 0, y: 0, width: size[0], height: size[1] });
  }
  return await document.save();
}

/** The same document in a file of its own: one that was read before is not read again. What follows the end of a file is looked at by nobody. */
export function inNewFile(bytes: Uint8Array, round: number): Uint8Array {
  return Buffer.concat([bytes, Buffer.from(`\n% round ${round}\n`)]);
}
