// Bounds that every part agrees on. An installation may lower or raise the first group in its environment; the rest protect the process.
export const defaultLimits = {
  /** Largest single upload, bytes. */
  fileBytes: 200 * 1024 * 1024,
  /** Files joined into one document. */
  filesPerTask: 100,
  /** Pages read of one document. */
  pagesPerTask: 2_000,
  /** Pixels of one image before it is refused (100 MP: an A2 sheet at 400 dpi is 62). */
  imagePixels: 100_000_000,
  /** Time one try at a page may take from opening to words, s. Noise costs about 5 s a megapixel; 25 MP of print stays far below. */
  pageSeconds: 120,
  /** Uploads that one person may have here at a time, bytes. */
  storageBytesPerUser: 20 * 1024 * 1024 * 1024,
  /** Documents of one person that are being read or wait for it. */
  runningTasksPerUser: 1_000,
  /** Documents of one person that were created and not started. */
  waitingTasksPerUser: 1_000,
  /** Days after which the files of a settled document are removed; 0: never. */
  retentionDays: 30,
} as const;

export type Limits = { [K in keyof typeof defaultLimits]: number };

/** Longest side of an image, px. Beyond it decoders and PDF readers disagree. */
export const maxImageSidePx = 20_000;
/** Largest raster handed to the engine, px: memory of the engine grows by about 20 bytes for each. */
export const maxRasterPixels = 25_000_000;
/** Resolution at which PDF pages are rasterised for recognition, dots per inch. */
export const rasterDpi = 300;
/** Time a file may take to be opened and its pages decided, ms, plus `planPageTimeoutMs` for each page. */
export const planTimeoutMs = 20_000;
export const planPageTimeoutMs = 1_000;
/** Longest file name kept, UTF-8 bytes: the limit of common file systems less an extension. */
export const fileNameBytes = 200;
/** Calls in one tRPC batch. */
export const maxBatchSize = 10;
/** Body of a JSON request, bytes. */
export const jsonBodyBytes = 256 * 1024;
/** A deletion can be undone for this long, ms. */
export const undoDeleteMs = 10_000;
/** A document whose files never all arrived is removed after this long, ms; of one that was never started the files are. */
export const uploadLeftoverMs = 24 * 60 * 60_000;
