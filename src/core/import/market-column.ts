/** The cells of one column that tell markets, row by row: a raw root holds one market, whatever the first row says. */
import { FlowbarsError } from '../unit/errors.js';
import { quoted } from '../unit/typed-text.js';
import { utf8Of } from './byte-text.js';
import type { Where } from './import-row.js';
import type { Market } from './source-market.js';

export class MarketColumn {
  private readonly column: string;
  private readonly marketOf: (cell: string, where: Where) => Market | undefined;
  private first: { readonly cell: string; readonly market: Market | undefined } | undefined;
  private last: string | undefined;

  constructor(column: string, marketOf: (cell: string, where: Where) => Market | undefined) {
    this.column = column;
    this.marketOf = marketOf;
  }

  /** Throws a data error for a cell of another market than one before. */
  check(cell: string, where: Where): void {
    if (cell === this.last) return;
    this.last = cell;
    const market = this.marketOf(cell, where);
    this.first ??= { cell, market };
    if (isTogether(market, this.first.market)) {
      if (this.first.market === undefined) this.first = { cell, market };
      return;
    }
    throw new FlowbarsError('data', {
      where: where(),
      what: `column ${this.column}`,
      found: `${quoted(utf8Of(cell))} (${market ?? 'not coinm'}) behind ${quoted(utf8Of(this.first.cell))} (${this.first.market ?? 'not coinm'})`,
      expected: 'rows of one market, which a raw root holds: split the file',
    });
  }
}

/** A symbol that does not tell is of any market but COIN-M, whose symbols do. */
function isTogether(one: Market | undefined, other: Market | undefined): boolean {
  if (one === other) return true;
  if (one === 'coinm' || other === 'coinm') return false;
  return one === undefined || other === undefined;
}
