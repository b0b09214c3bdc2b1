/** The page of a symbol-day, or of several days of a symbol, from published files alone (docs/VIEW.md). */
import { pageDocument } from '../../core/page/document.js';
import { html } from '../../core/page/html.js';
import type { Resolution } from '../../core/unit/resolution.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { Effects, PageKit } from '../ports.js';

export interface DayPageRequest {
  readonly symbol: SymbolName;
  /** At least one, in order. */
  readonly dates: readonly UtcDate[];
  /** By default 1s and 1m. */
  readonly resolutions?: readonly Resolution[] | undefined;
  /** A relative link to an index of pages. */
  readonly home?: string | undefined;
}

export interface DayPageEffects extends Pick<Effects, 'out' | 'codec' | 'tables'> {
  readonly kit: PageKit;
}

/** Throws a FlowbarsError of kind `data` if nothing is published of these days, or a file is not the listed one. */
export async function dayPage(
  { symbol, dates }: DayPageRequest,
  { codec, kit }: DayPageEffects,
): Promise<Uint8Array> {
  const title = `${symbol} ${dates.join(' ')}`;
  const scripts = { modules: await kit.modules(), entry: '#page/day' };
  return codec.encode(pageDocument({ title, body: html`<h1>${title}</h1>`, scripts }));
}
