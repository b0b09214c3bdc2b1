/** A recording by `flowbars sample`, and the same rows in other chunks. */
import { gzipSync } from 'node:zlib';
import type { Workdir } from '../workdir.js';
import { optionArgs, type Options, runExpecting } from './run-flowbars.js';

export const SAMPLE_DATE = '2025-12-11';

/** Writes `raw`, a few minutes with every planted fault that fits, unless the options say otherwise. */
export async function sampleRecording(workdir: Workdir, options: Options = {}): Promise<void> {
  const given = { raw: 'raw', date: SAMPLE_DATE, minutes: '4', ...options };
  await runExpecting(workdir, 0, ['sample', ...optionArgs(given)]);
}

/** Writes each chunk of `raw` to another root as what `change` makes of it, in the order that it gives. */
export function rewriteChunks(
  workdir: Workdir,
  root: string,
  change: (name: string, content: string) => readonly (readonly [string, string | Uint8Array])[],
  order: (names: readonly string[]) => readonly string[] = (names) => names,
): void {
  for (const name of order(workdir.files('raw'))) {
    for (const [changed, content] of change(name, workdir.text(`raw/${name}`))) {
      workdir.write(`${root}/${changed}`, content);
    }
  }
}

export function compressed(name: string, content: string): [string, Uint8Array][] {
  return [[`${name}.gz`, gzipSync(content)]];
}

/** Two parts of one chunk minute, each with its header. */
export function splitInTwo(name: string, content: string): [string, string][] {
  const { header, rows } = partsOf(content);
  const middle = rows.length >> 1;
  const part = (suffix: string, lines: readonly string[]): [string, string] => [
    name.replace('.csv', `_${suffix}.csv`),
    chunkOf(header, lines),
  ];
  return [part('a', rows.slice(0, middle)), part('b', rows.slice(middle))];
}

/** Every second chunk goes to the end of the one before it, as from a recorder with longer chunks. */
export function mergeInPairs(workdir: Workdir, root: string): void {
  rewriteChunks(workdir, root, (name, content) => {
    const minute = Number(name.slice(-6, -4));
    const beside = (other: number): string =>
      `${name.slice(0, -6)}${String(other).padStart(2, '0')}.csv`;
    if (minute % 2 === 1 && workdir.exists(`raw/${beside(minute - 1)}`)) return [];
    const next = `raw/${beside(minute + 1)}`;
    if (minute % 2 === 1 || !workdir.exists(next)) return [[name, content]];
    const { header, rows } = partsOf(content);
    return [[name, chunkOf(header, [...rows, ...partsOf(workdir.text(next)).rows])]];
  });
}

function partsOf(content: string): { header: string; rows: readonly string[] } {
  const [header = '', ...rows] = content.trimEnd().split('\n');
  return { header, rows };
}

function chunkOf(header: string, rows: readonly string[]): string {
  return `${[header, ...rows].join('\n')}\n`;
}
