/** What is worth knowing beside the cells of a bar, and the chunks that it was explained from. */
import type { ChunkStep } from '../plan/day-plan.js';
import type { InputObject } from '../stored/quality-report.js';
import type { RecordedReport } from '../stored/stored-shapes.js';
import type { BarTrace } from '../trace/bar-trace.js';
import type { SilentObject } from '../trace/left-out.js';
import { counted } from '../unit/words.js';
import type { ComparedCell } from './compared.js';
import type { ReadObject } from './explained-shape.js';

export interface NoteFacts {
  readonly report: RecordedReport;
  readonly trace: BarTrace;
  readonly steps: readonly ChunkStep[];
  /** Objects that came after the day was published. */
  readonly newer: readonly string[];
  readonly cells: readonly ComparedCell[];
}

/** Findings of the report that are named; further ones are counted. */
const FINDINGS_NAMED_MAX = 5;

export function notesOf({ report, trace, steps, newer, cells }: NoteFacts): string[] {
  const read = new Set(steps.flatMap(({ objects }) => objects.map(({ name }) => name)));
  const findings = report.findings.filter(
    ({ where, severity }) => severity !== 'info' && read.has(where),
  );
  const named = findings.slice(0, FINDINGS_NAMED_MAX);
  const { trades, book } = trace.facts;
  const late = trades.late + book.late;
  return [
    ...(late === 0
      ? []
      : [
          `${counted(late, 'late row')} in the bar: sums and counts hold them, what depends on Order does not`,
        ]),
    ...(newer.length === 0
      ? []
      : [
          `${counted(newer.length, 'chunk')} of these minutes came after the day was published and ${newer.length === 1 ? 'is' : 'are'} not read: ${newer[0] ?? ''} (flowbars repair computes the day again)`,
        ]),
    ...named.map(
      ({ code, severity, where, detail }) =>
        `finding ${code} (${severity}) of the report: ${where}: ${detail}`,
    ),
    ...(findings.length > named.length
      ? [`${findings.length - named.length} more findings of the report name these chunks`]
      : []),
    ...(cells.every(({ same }) => same) ? [] : [DIFFERS]),
  ];
}

const DIFFERS =
  'flowbars run --force computes the day again from these chunks; the code that published it may have been another one';

export function readObjects(
  steps: readonly ChunkStep[],
  {
    inputs,
    silent,
  }: {
    readonly inputs: ReadonlyMap<string, InputObject>;
    readonly silent: readonly SilentObject[];
  },
): ReadObject[] {
  return steps.flatMap(({ objects }) =>
    objects.map(({ name, sizeBytes }) => ({
      name,
      size: sizeBytes,
      crc32c: inputs.get(name)?.crc32c ?? '',
      why_silent: silent.find(({ object }) => object === name)?.why ?? null,
    })),
  );
}
