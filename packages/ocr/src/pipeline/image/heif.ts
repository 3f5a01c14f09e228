// Photos of phones: HEIF pictures coded with HEVC (ISO 23008-12). libheif as WebAssembly decodes them; it turns and mirrors them as the
// file says, and nothing of the file but its pixels leaves this module, so no place or camera does.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { FailureError } from "@legible/shared/failures";
import type { MainModule } from "libheif-js/libheif-wasm/libheif.js";
import { isTrap } from "../pdf/pdfium.ts";

export type HeifHeader = {
  /** Size as displayed, px. */
  width: number;
  height: number;
  /** Pictures in the file, of which the primary one is read. */
  pictures: number;
};

/** 8 bits a channel, row by row without gaps; the fourth channel is opacity. */
export type HeifPixels = { width: number; height: number; channels: 3 | 4; data: Uint8Array };

let loaded: Promise<MainModule> | undefined;

/** @throws FailureError DAMAGED_FILE or UNSUPPORTED_CONTENT */
export function readHeifHeader(path: string): Promise<HeifHeader> {
  return withPicture(path, (heif, handle, pictures) => ({
    width: heif.heif_image_handle_get_width(handle),
    height: heif.heif_image_handle_get_height(handle),
    pictures,
  }));
}

/**
 * The primary picture. Check its size first: it needs 8 bytes a pixel.
 * @throws FailureError DAMAGED_FILE or UNSUPPORTED_CONTENT
 */
export function decodeHeif(path: string): Promise<HeifPixels> {
  return withPicture(path, async (heif, handle) => {
    const channels = heif.heif_image_handle_has_alpha_channel(handle) ? 4 : 3;
    const { heif_chroma_interleaved_RGB: rgb, heif_chroma_interleaved_RGBA: rgba } = heif.heif_chroma;
    const decoded: Decoded = await heif.heif_js_decode_image2(
      handle,
      heif.heif_colorspace.heif_colorspace_RGB,
      channels === 4 ? rgba : rgb,
    );
    const plane = decoded.channels?.[0];
    if (plane === undefined || decoded.image === undefined) throw new FailureError("DAMAGED_FILE");
    try {
      return { width: plane.width, height: plane.height, channels, data: withoutGaps(plane, channels) };
    } finally {
      heif.heif_image_release(decoded.image);
    }
  });
}

/** What heif_js_decode_image2 gives: an error has neither. */
type Decoded = { channels?: Plane[]; image?: Parameters<MainModule["heif_image_release"]>[0] };
type Plane = { width: number; height: number; stride: number; data: Uint8Array };
type Handle = Parameters<MainModule["heif_image_handle_get_width"]>[0];

async function withPicture<T>(
  path: string,
  work: (heif: MainModule, handle: Handle, pictures: number) => T | Promise<T>,
): Promise<T> {
  loaded ??= start();
  const heif = await loaded;
  const context = heif.heif_context_alloc();
  if (context === null) throw new FailureError("OUT_OF_MEMORY");
  let handle: Handle | undefined;
  try {
    const { code } = heif.heif_context_read_from_memory(context, await readFile(path));
    if (code !== heif.heif_error_code.heif_error_Ok) throw new FailureError("DAMAGED_FILE");
    const found = heif.heif_js_context_get_primary_image_handle(context);
    // An error is an object with a code.
    if (!found || found.code !== undefined) throw new FailureError("DAMAGED_FILE");
    handle = found as Handle;
    return await work(heif, handle, heif.heif_context_get_number_of_top_level_images(context));
  } catch (error) {
    // What libheif throws besides is a C++ exception without words: it met something that it did not expect.
    if (error instanceof FailureError || isTrap(error)) throw error;
    throw new FailureError("DAMAGED_FILE", { cause: error });
  } finally {
    if (handle !== undefined) heif.heif_image_handle_release(handle);
    heif.heif_context_free(context);
  }
}

async function start(): Promise<MainModule> {
  const require = createRequire(import.meta.url);
  // Its types describe an ES module; the file is a CommonJS one.
  const module: unknown = await import("libheif-js/libheif-wasm/libheif.js");
  const { default: load } = module as { default: (options: object) => MainModule };
  const wasmBinary = await readFile(require.resolve("libheif-js/libheif-wasm/libheif.wasm"));
  return load({ wasmBinary, print: () => undefined, printErr: () => undefined });
}

function withoutGaps({ width, height, stride, data }: Plane, channels: number): Uint8Array {
  const row = width * channels;
  if (data.length < stride * (height - 1) + row) throw new FailureError("DAMAGED_FILE");
  const packed = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) packed.set(data.subarray(y * stride, y * stride + row), y * row);
  return packed;
}
