// What a person does with the results.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";

/** Clicks the link (or the link in a menu) named `name` and yields the bytes that arrive, and the name the server gave them. */
export async function download(
  page: Page,
  name: string,
  role: "link" | "menuitem" = "link",
): Promise<{ name: string; bytes: Buffer }> {
  const [arrived] = await Promise.all([page.waitForEvent("download"), page.getByRole(role, { name }).click()]);
  expect(await arrived.failure()).toBeNull();
  return { name: arrived.suggestedFilename(), bytes: await readFile(await arrived.path()) };
}

/** The text of a PDF as another program reads it, page breaks as form feeds. */
export async function textOfPdf(bytes: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "legible-pdf-"));
  try {
    const path = join(folder, "result.pdf");
    await writeFile(path, bytes);
    const { stdout } = await promisify(execFile)("pdftotext", [path, "-"], { maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
