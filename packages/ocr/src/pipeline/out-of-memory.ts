// Runtimes, allocators and decoders have no common code for refused memory, only words.
const words =
  /out of memory|alloc(ation|ate)?[ _](memory|failed)|allocation failed|bad_alloc|(cannot|unable to|failed to) (enlarge|grow|reserve|allocate)|\bOOM\b|ENOMEM|OUT_OF_MEMORY/iu;

/** True when `text`, an error's words or a process's last ones, says that memory was refused. */
export function saysOutOfMemory(text: string): boolean {
  return words.test(text);
}
