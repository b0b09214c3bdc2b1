/** The report of a published symbol-day: facts from listed files alone, a checked text, and the files of both. */
import { type Evaluation, isEvaluation } from '../../core/analyst/fact/evaluation.js';
import { type FactSheet, factSheet, type SheetRoots } from '../../core/analyst/fact/fact-sheet.js';
import { EVALUATION_NAME } from '../../core/analyst/fact/model-facts.js';
import { reportMarkdown } from '../../core/analyst/report-markdown.js';
import { reportPage } from '../../core/analyst/report-page.js';
import type { Report } from '../../core/analyst/report-parts.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { parseStored, storedJson } from '../../core/stored/json-shape.js';
import type { PublishedEntry } from '../../core/stored/manifest.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { resolutionOf } from '../../core/unit/resolution.js';
import { publishedDays } from '../pattern/published-days.js';
import { publishedInstead } from '../pattern/published-instead.js';
import type { Effects, Store } from '../ports.js';
import { readDay } from '../view/read-day.js';
import type { Writer } from '../writer-ports.js';
import { askWriter } from './ask-writer.js';

export const REPORT_FORMATS = ['md', 'html'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportRequest extends SymbolDay {
  readonly formats: readonly ReportFormat[];
  /** Writes the fact sheet, too. */
  readonly withFacts: boolean;
  /** For the tracing commands. */
  readonly roots: SheetRoots;
}

export interface ReportEffects extends Pick<Effects, 'out' | 'codec' | 'tables'> {
  readonly into: Store;
  /** The folder that `flowbars train` wrote. */
  readonly models: Store | undefined;
  readonly writer: Writer | undefined;
}

export interface WrittenReport {
  readonly report: Report;
  /** Names below the root that they were written into. */
  readonly files: readonly string[];
  /** Why the writer gave no text, though a report was written. */
  readonly error: FlowbarsError | undefined;
}

/** Throws what dayPage throws for a day that is not published, or not as its manifest lists it. */
export async function writeReport(
  request: ReportRequest,
  effects: ReportEffects,
): Promise<WrittenReport> {
  const sheet = await readSheet(request, effects);
  const { report, error } = await askWriter(sheet, effects.writer);
  const name = `${request.symbol}/${request.date}`;
  const texts = new Map<string, string>();
  if (request.formats.includes('md')) texts.set(`${name}_report.md`, reportMarkdown(report));
  if (request.formats.includes('html')) texts.set(`${name}_report.html`, reportPage(report));
  if (request.withFacts) texts.set(`${name}_facts.json`, storedJson(sheet));
  for (const [file, text] of texts) {
    await effects.into.write(file, effects.codec.encode(text), 'anything');
  }
  return { report, files: [...texts.keys()], error };
}

async function readSheet(request: ReportRequest, effects: ReportEffects): Promise<FactSheet> {
  const { symbol, date, roots } = request;
  const entry = await publishedEntry(request, effects);
  const told = await readDay({ symbol, date }, entry, [resolutionOf(60)], effects);
  const { report, events, scoreboard } = told;
  const evaluation = await readEvaluation(effects);
  return factSheet(
    {
      symbol,
      date,
      entry,
      report,
      columns: told.tables.flatMap(({ columns }) => columns),
      events,
      scoreboard,
      evaluation,
    },
    roots,
  );
}

async function publishedEntry(
  { symbol, date }: SymbolDay,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<PublishedEntry> {
  const search = { dates: [date], symbols: [symbol], where: '--symbol' };
  const { days, error } = await publishedDays(search, (published) => published, effects);
  if (error !== undefined) throw error;
  const [day] = days;
  if (day !== undefined) return day.kept;
  throw new FlowbarsError('usage', {
    where: effects.out.root,
    what: `${symbol} ${date}`,
    found: 'no published day',
    expected: await publishedInstead(symbol, effects.out, (first, last) =>
      first === last
        ? `--date ${first}, the published day`
        : `a published day from ${first} to ${last}`,
    ),
  });
}

async function readEvaluation({
  models,
  codec,
}: Pick<ReportEffects, 'models' | 'codec'>): Promise<Evaluation | undefined> {
  if (models === undefined) return undefined;
  const where = `${models.root}/${EVALUATION_NAME}`;
  const content = await models.read(EVALUATION_NAME);
  if (content === undefined) {
    const expected =
      'the folder that flowbars train wrote into, which holds the folders of its models';
    throw new FlowbarsError('usage', { where, what: 'evaluation', found: 'nothing', expected });
  }
  return parseStored(codec.decode(content.bytes), isEvaluation, { what: 'evaluation', where });
}
