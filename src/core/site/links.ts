/** Names and links of a site: relative, and with every file named, so that a folder and a bucket serve them alike. */
import type { SymbolDay } from '../rule/symbol-day.js';
import type { SymbolName } from '../unit/symbol.js';

export const INDEX_NAME = 'index.html';

export function symbolPageName(symbol: SymbolName): string {
  return `${symbol}/${INDEX_NAME}`;
}

export function dayPageName({ symbol, date }: SymbolDay): string {
  return `${symbol}/${date}.html`;
}

/** Beside the pages of a symbol: what each of its day pages was made from. */
export function pagesName(symbol: SymbolName): string {
  return `${symbol}/_pages.json`;
}

/** A name as a link: every segment encoded, `/` kept. */
export function linkTo(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

/** Where the cells of a calendar lead. */
export interface CalendarLinks {
  readonly symbol: (symbol: SymbolName) => string;
  /** The page of the day, else what the page of its symbol says of it. */
  readonly day: (day: SymbolDay) => string;
  /** What the page of the symbol says of the day. */
  readonly findings: (day: SymbolDay) => string;
}

/** Links of the index. `pages`: the names of the day pages that there are. */
export function indexLinks(pages: ReadonlySet<string>): CalendarLinks {
  return {
    symbol: (symbol) => linkTo(symbolPageName(symbol)),
    day: (day) => {
      const name = dayPageName(day);
      return pages.has(name) ? linkTo(name) : findingsLink(day);
    },
    findings: findingsLink,
  };
}

function findingsLink({ symbol, date }: SymbolDay): string {
  return `${linkTo(symbolPageName(symbol))}#${date}`;
}
