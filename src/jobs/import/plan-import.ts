/**
 * Looks at every file before anything is written: its checksum, what it is, and that it unpacks to its end. Decides what
 * is known of all of them together.
 */
import type { SourceFacts } from '../../core/import/kind/source-notes.js';
import { HEAD_BYTES, recognise, type Recognised } from '../../core/import/kind/recognised.js';
import { FrameScan } from '../../core/import/record/frame-scan.js';
import { lineCutter } from '../../core/import/record-cutter.js';
import type { Market } from '../../core/import/source-market.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SourceFile } from '../ports.js';
import type { ImportEffects, ImportRequest } from './import-request.js';
import { bookSymbolsOf, factsOf, marketsOf, type PlannedFile } from './planned-file.js';
import { refuseUnusedHints } from './refuse-unused-hints.js';
import { verifyChecksum } from './verify-checksum.js';

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
  refuseUnusedHints(planned, hints);
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
