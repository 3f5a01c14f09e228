/** Bytes a second over the last few seconds, so that a stall shows soon and a single slow moment does not. */
export function measureSpeed(windowMs = 3000): (bytes: number, nowMs: number) => number | null {
  /** Below this, the first packets filling the system's buffers look like a very fast network. */
  const shortestMs = 400;
  const samples: { bytes: number; at: number }[] = [];
  return (bytes, nowMs) => {
    samples.push({ bytes, at: nowMs });
    while (samples.length > 2 && nowMs - (samples[1]?.at ?? nowMs) > windowMs) samples.shift();
    const first = samples[0];
    if (first === undefined || nowMs - first.at < shortestMs) return null;
    return Math.max(0, ((bytes - first.bytes) / (nowMs - first.at)) * 1000);
  };
}
