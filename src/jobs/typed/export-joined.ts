/**
 * Writes one file over all days of a symbol, a row group a day. Days are read one after the other, so only one of them
 * is in memory beside the bytes of the file, which have a limit.
 */
import { TABLES } from '../../core/column/kind-tables.js';
import { typedSchema } from '../../core/column/typed-schema.js';
import type { Format } from '../../core/rule/products.js';
import type { ExportedFile, ExportedLeftOut } from '../../core/typed/export-document.js';
import type { ExportDay, JoinedPlan } from '../../core/typed/export-plan.js';
import { joinedColumns, joinedLines, joinedTable } from '../../core/typed/joined-rows.js';
import { type TypedFacts, typedFacts } from '../../core/typed/typed-facts.js';
import type { TextFile } from '../../core/typed/typed-rows.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { isDictionary } from '../../core/unit/json.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { readListed, readReport } from '../pattern/listed-file.js';
import { writtenFile } from './export-day.js';
import { damagedDay, type ExportEffects, type ExportPart } from './export-effects.js';

/** Bytes of a joined file, which is in memory until it is written: some 40 days of 1s bars and signals. */
export const JOINED_BYTES_MAX = 536_870_912;

export interface JoinedRequest {
  readonly formats: readonly Format[];
  readonly range: { readonly from: string; readonly to: string };
  /** Days of the range that are in no file, of any symbol: not published, or damaged. */
  readonly inNone: readonly ExportedLeftOut[];
  readonly onDay: () => void;
  /** By default JOINED_BYTES_MAX. */
  readonly bytesMax?: number;
}

/** A file that grows day by day. */
interface GrowingFile {
  readonly format: Format;
  /** Reads the files of a day. What it gives adds them: nothing is added of a day that cannot be read. */
  read(files: readonly TextFile[]): () => void;
  sizeBytes(): number;
  finish(facts: TypedFacts): Uint8Array;
}

export async function exportJoined(
  plan: JoinedPlan,
  request: JoinedRequest,
  effects: ExportEffects,
): Promise<ExportPart> {
  const growing = request.formats.map((format) => growingFile(format, plan, effects));
  const leftOut: ExportedLeftOut[] = [...plan.leftOut];
  const datasets = new Set<string>();
  const joined: ExportDay[] = [];
  let rows = 0;
  for (const { day, files } of plan.days) {
    try {
      const { dataset } = await readReport({ ...day, ...day.entry }, effects);
      const texts: TextFile[] = [];
      for (const file of files) {
        texts.push({ name: file.name, bytes: await readListed(file, 'manifest', effects) });
      }
      const adds = growing.map((file) => file.read(texts));
      for (const add of adds) add();
      for (const file of growing) refuseLarge(file.sizeBytes(), day, plan, request);
      datasets.add(JSON.stringify(dataset));
      joined.push(day);
      rows += files[0]?.rows ?? 0;
    } catch (error) {
      leftOut.push(damagedDay(day, error));
    }
    request.onDay();
  }
  if (joined.length === 0) return { files: [], leftOut };
  const facts = factsOf(plan, { joined, datasets, leftOut }, request);
  const files: ExportedFile[] = [];
  for (const file of growing) {
    const { format } = file;
    const name = joinedName(plan, format, request);
    const written = { day: plan, name, format, days: joined.length, rows };
    files.push(await writtenFile(written, file.finish(facts), effects));
  }
  return { files, leftOut };
}

/** `BTCUSDT/2025-12-01_2025-12-31_1s_bars_signals.parquet`. */
function joinedName(
  { symbol, resolution, kinds }: JoinedPlan,
  format: Format,
  { range }: JoinedRequest,
): string {
  const parts = [range.from, range.to, resolution, ...kinds].filter((part) => part !== null);
  return `${symbol}/${parts.join('_')}.${format}`;
}

function growingFile(
  format: Format,
  { kinds }: JoinedPlan,
  { tables, codec }: ExportEffects,
): GrowingFile {
  const own = kinds.map((kind) => TABLES[kind]);
  const table = joinedTable(own);
  if (format === 'parquet') {
    const writer = tables.typed.create(typedSchema(table));
    return {
      format,
      read: (files) => {
        const columns = joinedColumns(files, own);
        return () => writer.add(columns);
      },
      sizeBytes: () => writer.sizeBytes(),
      finish: (facts) => writer.finish(facts),
    };
  }
  const pieces = [codec.encode(`${table.header.join(',')}\n`)];
  const sizeBytes = (): number => pieces.reduce((sum, { length }) => sum + length, 0);
  return {
    format,
    read: (files) => {
      const lines = joinedLines(files);
      return () => pieces.push(lines);
    },
    sizeBytes,
    finish: () => {
      const bytes = new Uint8Array(sizeBytes());
      let place = 0;
      for (const piece of pieces) {
        bytes.set(piece, place);
        place += piece.length;
      }
      return bytes;
    },
  };
}

function refuseLarge(
  sizeBytes: number,
  { date }: ExportDay,
  { symbol, resolution }: JoinedPlan,
  { bytesMax = JOINED_BYTES_MAX }: JoinedRequest,
): void {
  if (sizeBytes <= bytesMax) return;
  throw new FlowbarsError('limit', {
    where: `${symbol} ${resolution ?? 'patterns'}`,
    what: 'joined file',
    found: `more than ${bytesMax} bytes with ${date}`,
    expected: `at most ${bytesMax} (narrow --from and --to, or --resolutions, or leave out --joined)`,
  });
}

/** What is in the file, and what the range has and the file has not. */
function factsOf(
  { symbol, resolution, kinds }: JoinedPlan,
  {
    joined,
    datasets,
    leftOut,
  }: {
    readonly joined: readonly ExportDay[];
    readonly datasets: ReadonlySet<string>;
    readonly leftOut: readonly ExportedLeftOut[];
  },
  { range, inNone }: JoinedRequest,
): TypedFacts {
  const [dataset = 'null', ...others] = datasets;
  const left = [...inNone, ...leftOut]
    .filter((one) => one.symbol === symbol)
    .map(({ date, reason }) => ({ date, reason }))
    .toSorted((a, b) => compareNames(a.date, b.date));
  const partial = joined.filter(({ entry }) => entry.status === 'partial').map(({ date }) => date);
  const days = {
    ...range,
    days: String(joined.length),
    left_out: JSON.stringify(left),
    partial: JSON.stringify(partial),
  };
  const table = joinedTable(kinds.map((kind) => TABLES[kind]));
  const known: unknown = others.length > 0 ? null : JSON.parse(dataset);
  const subject = { symbol, kind: kinds.join(','), resolution, days };
  return typedFacts({ ...subject, dataset: isDictionary(known) ? known : undefined }, table);
}
