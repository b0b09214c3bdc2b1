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

export class Flowbars {
  /** False for a build that computes a symbol-day on one thread alone. */
  readonly knowsThreads: boolean;

  private constructor(knowsThreads: boolean) {
    this.knowsThreads = knowsThreads;
  }

  static async open(): Promise<Flowbars> {
    const { stdout } = await runBinary(['aggregate', '--help']);
    return new Flowbars(stdout.includes('--threads'));
  }

  /** `prefix` is a command that starts the binary, such as taskset. */
  async run(args: readonly string[], prefix: readonly string[] = []): Promise<Measured> {
    return runBinary(args, prefix);
  }

  /** The options of a command for one whole day; `threads` only where the build knows them. */
  dayOptions({ raw, out, symbol, date, minutes, threads }: DayRequest): string[] {
    const fromMs = Date.parse(`${date}T00:00:00Z`);
    const to = new Date(fromMs + minutes * MINUTE_MS).toISOString();
    const what = ['--symbols', symbol, '--from', date, '--expect', `${date}T00:00:00Z/${to}`];
    const how = this.knowsThreads ? ['--threads', String(threads)] : [];
    return ['--raw', raw, '--out', out, ...what, ...how, '--json'];
  }
}

async function runBinary(
  args: readonly string[],
  prefix: readonly string[] = [],
): Promise<Measured> {
  return measure({ line: [...prefix, process.execPath, BINARY, ...args] });
}
