/**
 * Looks at every file before anything is written: its checksum, what it is, and that it unpacks to its end. Decides what
 * is known of all of them together.
 */
import type { SourceFacts } from '../../core/import/kind/source-notes.js';
import { HEAD_BYTES, recognise, type Recognised } from '../../core/import/kind/recognised.js';
import { FrameScan, type ScannedFrames, symbolsOf } from '../../core/import/record/frame-scan.js';
import { lineCutter } from '../../core/import/record-cutter.js';
import { type Market, marketOfSymbol, sourceSymbol } from '../../core/import/source-market.js';
import { CHUNK_HEADERS } from '../../core/frame/chunk-text.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SourceFile } from '../ports.js';
import type { ImportEffects, ImportRequest } from './import-request.js';
import { verifyChecksum } from './verify-checksum.js';

export interface PlannedFile {
  readonly file: SourceFile;
  readonly recognised: Recognised;
  /** Of frames only. */
  readonly scanned: ScannedFrames | undefined;
}

export interface ImportPlan {
  readonly files: readonly PlannedFile[];
  readonly market: Market;
  readonly isMarketAssumed: boolean;
  readonly hasDepth: boolean;
  /** Whose books the files surely hold: of a table with a column of symbols, the first row's. */
  readonly bookSymbols: ReadonlySet<string>;
  readonly facts: readonly SourceFacts[];
}

export async function planImport(
  { files, hints }: ImportRequest,
  effects: ImportEffects,
): Promise<ImportPlan> {
  const planned: PlannedFile[] = [];
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  let doneBytes = 0;
  for (const file of files) {
    await verifyChecksum(file);
    const onRead = (readBytes: number): void =>
      effects.onProgress({
        step: 'check',
        path: file.path,
        readBytes: doneBytes + readBytes,
        sizeBytes,
        rows: 0,
        chunks: 0,
      });
    planned.push(await readThrough(file, hints, effects, onRead));
    doneBytes += file.sizeBytes;
  }
  const facts = planned.flatMap(factsOf);
  const hasDepth = facts.some(({ form }) => form === 'depth');
  const bookSymbols = new Set(planned.flatMap(bookSymbolsOf));
  return { files: planned, ...marketOf(planned, hints.market), hasDepth, bookSymbols, facts };
}

async function readThrough(
  file: SourceFile,
  hints: ImportRequest['hints'],
  { splitLine }: ImportEffects,
  onRead: (readBytes: number) => void,
): Promise<PlannedFile> {
  const { path } = file;
  const scan = new FrameScan();
  const cutter = lineCutter(path);
  let head = '';
  let recognised: Recognised | undefined;
  const take = (line: string): void => scan.line(line);
  for await (const { text, readBytes } of file.pieces()) {
    onRead(readBytes);
    if (recognised?.is === 'frames') cutter.push(text, take);
    if (recognised !== undefined) continue;
    head += text;
    if (head.length < HEAD_BYTES) continue;
    recognised = recognise({ path, text: head.slice(0, HEAD_BYTES), splitLine }, hints);
    if (recognised.is === 'frames') cutter.push(head, take);
  }
  if (recognised === undefined) {
    recognised = recognise({ path, text: head, splitLine }, hints);
    if (recognised.is === 'frames') cutter.push(head, take);
  }
  if (recognised.is !== 'frames') return { file, recognised, scanned: undefined };
  cutter.end(take);
  return { file, recognised, scanned: scan.end() };
}

function factsOf({ recognised, scanned }: PlannedFile): SourceFacts[] {
  if (recognised.is === 'csv') return [recognised];
  if (recognised.is === 'objects') {
    return [{ form: 'trades', columns: ['trade_id'], levels: undefined }];
  }
  if (scanned === undefined) return [];
  const { ofTrades, ofAggregates, ofBooks } = scanned;
  const hasOwn = [...ofAggregates].some((symbol) => !ofTrades.has(symbol));
  const forms = [
    ...(ofTrades.size > 0 ? (['trades'] as const) : []),
    ...(hasOwn ? (['aggregates'] as const) : []),
    ...(ofBooks.size > 0 ? (['depth'] as const) : []),
  ];
  return forms.map((form) => ({
    form,
    columns: CHUNK_HEADERS[form].split(','),
    levels: undefined,
  }));
}

function bookSymbolsOf({ file, recognised, scanned }: PlannedFile): string[] {
  if (recognised.is === 'csv') {
    const symbol = recognised.symbol ?? recognised.firstSymbol;
    return recognised.form !== 'depth' || symbol === undefined ? [] : [symbol];
  }
  return [...(scanned?.ofBooks ?? [])].map((symbol) => sourceSymbol(symbol, () => file.path));
}

/** Of a file that tells; of frames what each symbol tells. */
function marketsOf({ recognised, scanned }: Omit<PlannedFile, 'file'>): Market[] {
  if (recognised.is !== 'frames') {
    return recognised.market === undefined ? [] : [recognised.market];
  }
  const symbols = scanned === undefined ? [] : [...symbolsOf(scanned)];
  return symbols.flatMap((symbol) => marketOfSymbol(symbol) ?? []);
}

/** A root holds one market. */
function marketOf(
  planned: readonly PlannedFile[],
  given: Market | undefined,
): Pick<ImportPlan, 'market' | 'isMarketAssumed'> {
  const said = planned.flatMap(({ file, ...one }) =>
    marketsOf(one).map((market) => ({ market, path: file.path })),
  );
  const market = given ?? said[0]?.market ?? 'usdm';
  const other = said.find((one) => one.market !== market);
  if (other !== undefined) throw twoMarkets(other.path, `'${other.market}' beside '${market}'`);
  // Symbols of COIN-M say it: a file without a word is of another market.
  const silent = planned.find((one) => marketsOf(one).length === 0 && factsOf(one).length > 0);
  if (given === undefined && market === 'coinm' && silent !== undefined) {
    throw twoMarkets(silent.file.path, "nothing that says it beside 'coinm'");
  }
  return { market, isMarketAssumed: given === undefined && said.length === 0 };
}

function twoMarkets(path: string, found: string): FlowbarsError {
  return new FlowbarsError('usage', {
    where: path,
    what: 'market',
    found,
    expected: 'files of one market, which a raw root holds',
  });
}
