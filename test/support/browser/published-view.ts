/** Pages of published days for the browser's tests, and the cells of the files behind them. */
import { optionArgs, runExpecting } from '../e2e/run-flowbars.js';
import type { Workdir } from '../workdir.js';

export const VIEW_DATE = '2025-12-11';
export const VIEW_SYMBOL = 'BTCUSDT';
const MINUTES = 97;
export const EXPECTED_SECONDS: number = MINUTES * 60;

/** `out`: an hour and a half with every fault and every pattern, and its page as `day.html`. */
export async function publishView(workdir: Workdir): Promise<void> {
  const sample = { raw: 'raw', minutes: String(MINUTES), plant: 'all', date: VIEW_DATE };
  await runExpecting(workdir, 0, ['sample', ...optionArgs(sample)]);
  // The faults make it a partial day, which is not good.
  const expect = `${VIEW_DATE}T00:00:00Z/${VIEW_DATE}T01:37:00Z`;
  const run = { raw: 'raw', out: 'out', symbols: VIEW_SYMBOL, from: VIEW_DATE, expect };
  await runExpecting(workdir, 1, ['run', ...optionArgs(run)]);
  await makeView(workdir, 'day.html');
}

export async function makeView(
  workdir: Workdir,
  page: string,
  options: readonly string[] = [],
): Promise<void> {
  const days = ['--symbol', VIEW_SYMBOL, '--from', VIEW_DATE];
  await runExpecting(workdir, 0, ['view', '--out', 'out', ...days, '--page', page, ...options]);
}

/** Cells of both files of a resolution by time, as they are written. */
export function publishedCells(workdir: Workdir, resolution: string): CellsByTime {
  return cellsOfDay(workdir, 'out', VIEW_DATE, resolution);
}

type CellsByTime = ReadonlyMap<string, Readonly<Record<string, string>>>;

export function cellsOfDay(
  workdir: Workdir,
  out: string,
  date: string,
  resolution: string,
): CellsByTime {
  const byTime = new Map<string, Record<string, string>>();
  for (const end of ['', '_signals']) {
    const text = workdir.text(`${out}/${VIEW_SYMBOL}/${date}_${resolution}${end}.csv`);
    const [header = '', ...lines] = text.trimEnd().split('\n');
    const names = header.split(',');
    for (const line of lines) {
      const cells = line.split(',');
      const [time = ''] = cells;
      const known = byTime.get(time) ?? { time };
      byTime.set(time, known);
      // The time stands before them.
      for (const [index, name] of names.entries()) if (index > 0) known[name] = cells[index] ?? '';
    }
  }
  return byTime;
}
