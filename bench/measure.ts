/** Times a piece of work over some rounds and prints plain figures. */

const ROUNDS_DEFAULT = 7;

/** Rounds that do not count: the engine compiles hot code in them. */
const WARM_UP_ROUNDS = 3;

/** Median of the seconds that `work` took. */
export function medianSeconds(work: () => void, rounds: number = ROUNDS_DEFAULT): number {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) work();
  const seconds = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    work();
    return (performance.now() - startedMs) / 1_000;
  });
  return median(seconds);
}

/** Of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower = Number.NaN, upper = lower] = sorted.slice(
    Math.ceil(sorted.length / 2) - 1,
    Math.floor(sorted.length / 2) + 1,
  );
  return (lower + upper) / 2;
}

/** One round of work in this process. The CPU-seconds are those of the whole process meanwhile. */
export async function measureHere(
  work: () => Promise<void>,
): Promise<{ readonly seconds: number; readonly cpuSeconds: number }> {
  const startedCpu = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const seconds = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(startedCpu);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

/** Prints one line: what, its rate, and the ratio to the slowest. */
export function printRate(what: string, rate: number, unit: string, slowest: number): void {
  const ratio = rate / slowest;
  const times = ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0);
  const shown = rate < 10 ? rate.toFixed(1) : rate.toFixed(0);
  console.log(`  ${what.padEnd(44)} ${shown.padStart(7)} ${unit}  ${times.padStart(5)} ×`);
}
