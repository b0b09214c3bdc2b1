/** Runs the built binary on a recording and reads its results, for the end-to-end tests. */
import { parseStored } from '../../../src/core/stored/json-shape.js';
import { isDictionary } from '../../../src/core/unit/json.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { isRunRecord } from '../../../src/core/stored/stored-shapes.js';
import type { RunOptions, RunResult, Workdir } from '../workdir.js';
import { TINY_DATE, TINY_EXPECT, TINY_SYMBOL } from './tiny-recording.js';

/** Options of `run` by name; true is a flag, undefined takes one of the defaults away. */
export type Options = Readonly<Record<string, string | true | undefined>>;

/** `run --raw raw --out out …`, with what the test gives in place of these. */
export function runArgs(options: Options = {}): string[] {
  const products = { resolutions: '1m', outputs: 'bars' };
  return ['run', ...optionArgs({ raw: 'raw', out: 'out', ...products, ...options })];
}

/** A run over the tiny recording. */
export function tinyRunArgs(options: Options = {}): string[] {
  const day = { symbols: TINY_SYMBOL, from: TINY_DATE, expect: TINY_EXPECT };
  return runArgs({ ...day, ...options });
}

export function optionArgs(options: Options): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return value === true ? [`--${name}`] : [`--${name}`, value];
  });
}

/** The same options as the environment of a task. */
export function optionVariables(options: Options): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => {
      const variable = `FLOWBARS_${name.replaceAll('-', '_').toUpperCase()}`;
      return value === undefined ? [] : [[variable, String(value)]];
    }),
  );
}

/** Runs to the end; shows the output if the exit code is not as expected. */
export async function runExpecting(
  workdir: Workdir,
  code: number,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const result = await workdir.run(args, options);
  if (result.code === code) return result;
  const said = `${result.stderr}\n${result.stdout.slice(0, 4_000)}`;
  throw new Error(`flowbars ${args.join(' ')}: exit code ${result.code}, not ${code}\n${said}`);
}

/** The records in the summary of a run, in its order. */
export function recordsOf({ stdout }: Pick<RunResult, 'stdout'>): RunRecord[] {
  const document: unknown = JSON.parse(stdout);
  if (!isDictionary(document) || !Array.isArray(document['records'])) {
    throw new Error('no records on stdout');
  }
  const records: readonly unknown[] = document['records'];
  const place = { what: 'run record', where: 'stdout' };
  return records.map((record) => parseStored(JSON.stringify(record), isRunRecord, place));
}

/** `AUSDT 2024-05-06 published`, in the order of the run. */
export function outcomesOf(result: RunResult): string[] {
  return recordsOf(result).map(({ symbol, date, outcome }) => `${symbol} ${date} ${outcome}`);
}
