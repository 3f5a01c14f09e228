// The archive of all results is kept without the PDF's bytes, which are stored already. What is kept ends in the archive's central
// directory; the PDF belongs right before it.

/** Length of the record that ends a ZIP archive without a comment, bytes (APPNOTE 6.3, 4.3.16). */
export const endRecordBytes = 22;
const signature = 0x06054b50;

/**
 * Where in the kept bytes (`bundleSize` of them, the last ones being `end`) a PDF of `pdfSize` bytes belongs; undefined when
 * the two do not belong together.
 */
export function holeOf(end: Uint8Array, bundleSize: number, pdfSize: number): number | undefined {
  if (end.length !== endRecordBytes) return undefined;
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength);
  if (view.getUint32(0, true) !== signature) return undefined;
  const directoryBytes = view.getUint32(12, true);
  const hole = view.getUint32(16, true) - pdfSize;
  return hole > 0 && hole + directoryBytes + endRecordBytes === bundleSize ? hole : undefined;
}
