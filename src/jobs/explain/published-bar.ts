/** What is published of the bar that an instant lies in: its report, its rows, and the rows before them. */
import type { PublishedRow } from '../../core/explain/context.js';
import { cellsOf } from '../../core/explain/pass-row.js';
import { BARS } from '../../core/column/bar-table.js';
import { SIGNALS } from '../../core/column/signal-table.js';
import type { FileTable } from '../../core/column/file-table.js';
import { isSameFile } from '../../core/stored/artifacts.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { qualityName } from '../../core/stored/output-names.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import { isRecordedReport, type RecordedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import {
  distinctResolutions,
  readResolution,
  type Resolution,
} from '../../core/unit/resolution.js';
import { quoted } from '../../core/unit/typed-text.js';
import { dayStartMs, SECOND_MS, type TimeRange } from '../../core/unit/utc-date.js';
import { readListed } from '../pattern/listed-file.js';
import { publishedInstead } from '../pattern/published-instead.js';
import type { Effects } from '../ports.js';
import { readReport } from '../stored/read-report.js';

type ReadEffects = Pick<Effects, 'out' | 'codec'>;

export interface PublishedBar {
  readonly report: RecordedReport;
  readonly resolution: Resolution;
  readonly bar: TimeRange;
  /** Place of the bar in the day, from 0. */
  readonly index: number;
  readonly rows: {
    readonly bars: PublishedRow | undefined;
    readonly signals: PublishedRow | undefined;
  };
  readonly previous: PublishedBar['rows'];
}

export interface BarChoice {
  readonly atMs: number;
  /** Undefined: the finest published one. */
  readonly resolution: Resolution | undefined;
}

/** Throws usage errors for a day or a resolution that is not published, and errors of kind `data` for damaged files. */
export async function publishedBar(
  day: SymbolDay,
  { atMs, resolution: asked }: BarChoice,
  effects: ReadEffects,
): Promise<PublishedBar> {
  const report = await reportOf(day, effects);
  const resolution = resolutionOf(day, report, asked);
  const barMs = resolution.seconds * SECOND_MS;
  const index = Math.floor((atMs - dayStartMs(day.date)) / barMs);
  const fromMs = dayStartMs(day.date) + index * barMs;
  const rowsAt = async (
    kind: 'bars' | 'signals',
    table: FileTable,
  ): Promise<readonly [row: PublishedRow | undefined, previous: PublishedRow | undefined]> => {
    const artifact = artifactOf(report, kind, resolution);
    if (artifact === undefined) return [undefined, undefined];
    const bytes = await readListed(artifact, 'quality report', effects);
    const rowAt = (at: number): PublishedRow =>
      publishedRow(artifact, table, { bytes, root: effects.out.root }, at);
    return [rowAt(index), index === 0 ? undefined : rowAt(index - 1)];
  };
  const [bars, barsBefore] = await rowsAt('bars', BARS);
  const [signals, signalsBefore] = await rowsAt('signals', SIGNALS);
  return {
    report,
    resolution,
    bar: { fromMs, toMs: fromMs + barMs },
    index,
    rows: { bars, signals },
    previous: { bars: barsBefore, signals: signalsBefore },
  };
}

function artifactOf(
  { artifacts }: RecordedReport,
  kind: Artifact['kind'],
  { name }: Resolution,
): Artifact | undefined {
  return artifacts.find((one) => isSameFile(one, { kind, resolution: name, format: 'csv' }));
}

function publishedRow(
  { name }: Artifact,
  table: FileTable,
  { bytes, root }: { readonly bytes: Uint8Array; readonly root: string },
  index: number,
): PublishedRow {
  const [header, texts] = [cellsOf(bytes, -1), cellsOf(bytes, index)];
  if (header.join(',') !== table.header.join(',')) {
    throw new FlowbarsError('data', {
      where: `${root}/${name} line 1`,
      what: 'header',
      found: quoted(header.join(',')),
      expected: `the columns of this version: compute the day again (flowbars run)`,
    });
  }
  const cells = Object.fromEntries(table.header.map((column, at) => [column, texts[at] ?? '']));
  return { file: name, line: index + 2, cells };
}

async function reportOf(day: SymbolDay, effects: ReadEffects): Promise<RecordedReport> {
  const name = qualityName(day);
  const stored = await readReport(
    { store: effects.out, name, where: `${effects.out.root}/${name}` },
    isRecordedReport,
    effects.codec,
  );
  if (stored.state === 'unreadable') throw stored.error;
  if (stored.state === 'found') return stored.report;
  throw new FlowbarsError('usage', {
    where: '--at',
    what: `published day ${day.date} of ${day.symbol}`,
    found: `no ${name}`,
    expected: await publishedInstead(
      day.symbol,
      effects.out,
      (first, last) =>
        `an instant of a published day: ${first === last ? first : `one from ${first} to ${last}`}`,
    ),
  });
}

function resolutionOf(
  { symbol, date }: SymbolDay,
  report: RecordedReport,
  asked: Resolution | undefined,
): Resolution {
  const { artifacts } = report;
  const names = artifacts.flatMap(({ resolution }) => readResolution(resolution ?? '') ?? []);
  const published = distinctResolutions(names);
  const [finest] = published;
  if (finest === undefined) {
    throw new FlowbarsError('usage', {
      where: '--at',
      what: `bars of ${symbol} ${date}`,
      found: report.status === 'empty' ? 'an empty day: nothing was recorded' : 'none published',
      expected: 'a day with bars',
    });
  }
  if (asked === undefined) return finest;
  const found = published.find(({ seconds }) => seconds === asked.seconds);
  if (found !== undefined) return found;
  throw new FlowbarsError('usage', {
    where: '--resolution',
    what: 'resolution',
    found: `'${asked.name}'`,
    expected: `a published one: ${published.map(({ name }) => name).join(', ')}`,
  });
}
