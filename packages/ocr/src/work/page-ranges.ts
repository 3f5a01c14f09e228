// How the pages of a document are cut into jobs.

/** Jobs a long document is cut into at least, so that it spreads over every worker and others get their turn between them. */
const jobsPerDocument = 32;
/** Pages one job holds at most: about half a minute of work, so that a cancelled or killed job loses little. */
const maxPagesPerJob = 8;

/**
 * Cuts ascending page numbers into ranges of neighbours. Up to 32 pages each page is a job of its own: two cores then finish
 * a short document together.
 */
export function pageRanges(numbers: readonly number[]): { from: number; to: number }[] {
  const size = Math.min(maxPagesPerJob, Math.max(1, Math.ceil(numbers.length / jobsPerDocument)));
  const ranges: { from: number; to: number }[] = [];
  for (let start = 0; start < numbers.length; start += size) {
    const from = numbers[start];
    const to = numbers[Math.min(start + size, numbers.length) - 1];
    if (from !== undefined && to !== undefined) ranges.push({ from, to });
  }
  return ranges;
}
