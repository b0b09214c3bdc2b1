/** A file that was looked at, and what it says of itself before its rows are read. */
import type { Recognised } from '../../core/import/kind/recognised.js';
import type { SourceFacts } from '../../core/import/kind/source-notes.js';
import { type ScannedFrames, symbolsOf } from '../../core/import/record/frame-scan.js';
import { type Market, marketOfSymbol, sourceSymbol } from '../../core/import/source-market.js';
import { CHUNK_HEADERS } from '../../core/frame/chunk-text.js';
import type { SourceFile } from '../ports.js';

export interface PlannedFile {
  readonly file: SourceFile;
  readonly recognised: Recognised;
  /** Of frames only. */
  readonly scanned: ScannedFrames | undefined;
}

export function factsOf({ recognised, scanned }: PlannedFile): SourceFacts[] {
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

export function bookSymbolsOf({ file, recognised, scanned }: PlannedFile): string[] {
  if (recognised.is === 'csv') {
    const symbol = recognised.symbol ?? recognised.firstSymbol;
    return recognised.form !== 'depth' || symbol === undefined ? [] : [symbol];
  }
  return [...(scanned?.ofBooks ?? [])].map((symbol) => sourceSymbol(symbol, () => file.path));
}

/** Of a file that tells; of frames what each symbol tells. */
export function marketsOf({ recognised, scanned }: Omit<PlannedFile, 'file'>): Market[] {
  if (recognised.is !== 'frames') {
    return recognised.market === undefined ? [] : [recognised.market];
  }
  const symbols = scanned === undefined ? [] : [...symbolsOf(scanned)];
  return symbols.flatMap((symbol) => marketOfSymbol(symbol) ?? []);
}
