/** The command that publishes symbol-days with their patterns. */
import type { Terminal } from '../../edge/process/terminal.js';
import { printCommand } from '../screen/page.js';

/** With more symbols the command takes all. */
const SYMBOLS_NAMED = 5;

interface NamedDay {
  readonly symbol: string;
  readonly date: string;
}

/** At least one symbol-day; `out` is the output root. A folder has no workflow, so there `run` takes its place. */
export function printAdvice(days: readonly NamedDay[], out: string, terminal: Terminal): void {
  const isBucket = out.startsWith('gs://');
  const names = [...new Set(days.map(({ symbol }) => symbol))];
  const symbols = names.length > SYMBOLS_NAMED ? 'all' : names.join(',');
  const dates = days.map(({ date }) => date).toSorted();
  const command = isBucket ? 'backfill' : `run --raw RAW --out ${out}`;
  const range = `--symbols ${symbols} --from ${dates.at(0) ?? ''} --to ${dates.at(-1) ?? ''}`;
  const outputs = '--outputs bars,signals,patterns';
  printCommand('to publish patterns: ', `flowbars ${command} ${range} ${outputs}`, terminal);
}
