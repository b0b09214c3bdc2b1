/** The built binary as a contestant starts it. */
import { resolve } from 'node:path';
import { measure, type Measured } from './measured-process.js';

const BINARY = resolve(import.meta.dirname, '../../dist/main.js');
const MINUTE_MS = 60_000;

export interface DayRequest {
  readonly raw: string;
  readonly out: string;
  readonly symbol: string;
  readonly date: string;
  readonly minutes: number;
  readonly threads: number;
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
  const { raw, out, symbol, date, minutes, threads } = request;
  const fromMs = Date.parse(`${date}T00:00:00Z`);
  const to = new Date(fromMs + minutes * MINUTE_MS).toISOString();
  const what = ['--symbols', symbol, '--from', date, '--expect', `${date}T00:00:00Z/${to}`];
  return ['--raw', raw, '--out', out, ...what, '--threads', String(threads), '--json'];
}
