/** The built binary as a contestant starts it. */
import { resolve } from 'node:path';
import { measure, type Measured } from './measured-process.js';

const BINARY = resolve(import.meta.dirname, '../../dist/main.js');
const MINUTE_MS = 60_000;

export type Outputs = 'bars' | 'bars,signals' | 'bars,signals,patterns';
/** What the others make. */
export const BARS: Outputs = 'bars';
export const SIGNALS: Outputs = 'bars,signals';
export const ALL_OUTPUTS: Outputs = 'bars,signals,patterns';

export interface DayRequest {
  readonly raw: string;
  readonly out: string;
  readonly symbol: string;
  readonly date: string;
  readonly minutes: number;
  readonly threads: number;
  readonly outputs: Outputs;
}

/** `prefix` is a command that starts the binary, such as taskset. */
export async function runFlowbars(
  args: readonly string[],
  prefix: readonly string[] = [],
): Promise<Measured> {
  return measure({ line: [...prefix, process.execPath, BINARY, ...args] });
}

/** The options of a command for one whole day. */
export function dayOptions(request: DayRequest): string[] {
  const { raw, out, symbol, date, minutes, threads, outputs } = request;
  const fromMs = Date.parse(`${date}T00:00:00Z`);
  const to = new Date(fromMs + minutes * MINUTE_MS).toISOString();
  const what = ['--symbols', symbol, '--from', date, '--expect', `${date}T00:00:00Z/${to}`];
  const how = ['--outputs', outputs, '--threads', String(threads), '--json'];
  return ['--raw', raw, '--out', out, ...what, ...how];
}
