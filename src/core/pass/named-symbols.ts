/** The symbols that the chunks of a day name in their column `symbol`, and whether they are one. */
import { quoted } from '../decode/chunk-columns.js';
import type { FindingList } from '../finding/finding-list.js';
import { compareNames } from '../unit/compare-names.js';
import { counted } from '../unit/words.js';

/** Symbols that a finding names. */
const NAMED_MAX = 4;

interface Naming {
  readonly symbol: string;
  readonly first: string;
  count: number;
}

export class NamedSymbols {
  private readonly byKey = new Map<string, Naming>();

  /** `symbol`: what all rows of a chunk say; undefined if it has no such column or no row. */
  take(symbol: string | undefined, chunk: string): void {
    if (symbol === undefined) return;
    this.add({ symbol, first: chunk, count: 1 });
  }

  /** Adds what the chunks after these name. */
  merge(next: this): void {
    for (const naming of next.byKey.values()) this.add(naming);
  }

  private add({ symbol, first, count }: Naming): void {
    const key = keyOf(symbol);
    const naming = this.byKey.get(key) ?? { symbol, first, count: 0 };
    naming.count += count;
    this.byKey.set(key, naming);
  }

  /** `folder`: the symbol as its folder is named. */
  addTo(findings: FindingList, folder: string): void {
    const all = [...this.byKey.values()].toSorted(
      (a, b) => b.count - a.count || compareNames(a.symbol, b.symbol),
    );
    const [one] = all;
    if (one === undefined) return;
    const other = all.find(({ symbol }) => all.some((each) => !isSame(symbol, each.symbol)));
    if (other !== undefined) {
      const named = all
        .slice(0, NAMED_MAX)
        .map(({ symbol, count }) => `${quoted(symbol)} in ${counted(count, 'chunk')}`);
      const more = all.length > NAMED_MAX ? ', …' : '';
      findings.add(
        'symbols_mixed',
        all[1]?.first ?? other.first,
        `the chunks name ${named.join(', ')}${more}`,
      );
    } else if (!isSame(one.symbol, folder)) {
      const detail = `the chunks name ${quoted(one.symbol)}, their folder '${folder}'`;
      findings.add('symbol_differs', one.first, detail);
    }
  }
}

/** Recorders write `btcusdt` and `BTC-USDT` for one. */
function keyOf(symbol: string): string {
  return symbol.toUpperCase().replaceAll(/[^\p{L}\p{Nd}]/gu, '');
}

/** So they do `BTC/USDT:USDT`, with the currency of the contract behind it. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [keyOf(one), keyOf(other)];
  return first.startsWith(second) || second.startsWith(first);
}
