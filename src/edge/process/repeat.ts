/** Repeats an act on a timer that does not keep the process alive. */

/** Returns the function that ends it. */
export function repeatEvery(intervalMs: number, act: () => void): () => void {
  const timer = setInterval(act, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
