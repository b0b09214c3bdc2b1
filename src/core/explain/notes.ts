/** What is worth knowing beside the cells of a bar, and the chunks that it was explained from. */
import type { ChunkStep } from '../plan/day-plan.js';
import type { InputObject } from '../stored/quality-report.js';
import type { RecordedReport } from '../stored/stored-shapes.js';
import type { BarTrace } from '../trace/bar-trace.js';
import type { LeftOut, SilentObject } from '../trace/left-out.js';
import { counted } from '../unit/words.js';
import type { ComparedCell } from './compared.js';
import type { ReadObject } from './explained-shape.js';

/** A chunk that was compressed or unpacked after the day was published. */
export interface OtherForm {
  /** Of the form that was read. */
  readonly name: string;
  /** Of the form that the report lists. */
  readonly listed: string;
  /** By a checksum, its content is the published one. */
  readonly isProven: boolean;
}

export interface NoteFacts {
  readonly otherForms: readonly OtherForm[];
  readonly report: RecordedReport;
  readonly trace: BarTrace;
  readonly leftOut: Pick<LeftOut, 'outcomesRead'>;
  readonly steps: readonly ChunkStep[];
  /** Objects that came after the day was published. */
  readonly newer: readonly string[];
  /** Objects of the report that are there no more. */
  readonly gone: readonly { readonly name: string }[];
  readonly cells: readonly ComparedCell[];
}

/** Findings of the report that are named; further ones are counted. */
const FINDINGS_NAMED_MAX = 5;

export function notesOf(facts: NoteFacts): string[] {
  const { report, trace, steps, newer, cells, otherForms, gone } = facts;
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
    ...formWords(otherForms),
    ...goneWords(gone),
    ...elsewhereWords(facts),
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

function goneWords(gone: NoteFacts['gone']): string[] {
  const [first] = gone;
  if (first === undefined) return [];
  const are = gone.length === 1 ? 'is' : 'are';
  return [
    `${counted(gone.length, 'chunk')} that the report lists ${are} gone: ${first.name}${gone.length === 1 ? '' : ' …'}; what lay there is not told of`,
  ];
}

/** Outcomes of rows that have a time in the day and are in no cell. */
const LEFT_OUT = {
  trades: ['excluded', 'duplicate'],
  depth: ['excluded', 'duplicate', 'one_sided', 'unordered', 'crossed'],
} as const;

/** Such rows of the bar may have arrived late, or be told from another chunk; to look for them would be to read the day. */
function elsewhereWords({ report, leftOut }: NoteFacts): string[] {
  const trades = LEFT_OUT.trades.map(
    (outcome) => report.rows.trades[outcome] - leftOut.outcomesRead('trades')[outcome],
  );
  const depth = LEFT_OUT.depth.map(
    (outcome) => report.rows.depth[outcome] - leftOut.outcomesRead('depth')[outcome],
  );
  const unread = [...trades, ...depth].reduce((sum, count) => sum + Math.max(0, count), 0);
  if (unread === 0) return [];
  return [
    `${counted(unread, 'row')} that the day left out ${unread === 1 ? 'lies' : 'lie'} in chunks that were not read: a late one or a duplicate of this bar may be among them`,
  ];
}

function formWords(forms: readonly OtherForm[]): string[] {
  return [true, false].flatMap((proven) => {
    const alike = forms.filter(({ isProven }) => isProven === proven);
    const [first] = alike;
    if (first === undefined) return [];
    const what =
      alike.length === 1
        ? `${first.name} was read in place of ${first.listed}`
        : `${alike.length} chunks were read in another form, such as ${first.name} in place of ${first.listed}`;
    return [`${what}: ${proven ? PROVEN : UNPROVEN}`];
  });
}

const PROVEN = 'compressed or unpacked since, with the published content';
const UNPROVEN =
  'the report has the checksum of the compressed bytes alone, so only the cells can say whether the content is the published one';

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
