/** What each day page of a symbol was made from, stored beside the pages: a page is made again only where that has changed. */
import { type Guard, guardOf } from '../shape/guard.js';
import { SCHEMA_VERSION, type ValueOf } from '../shape/shape.js';
import { storedJson } from '../stored/json-shape.js';
import type { PublishedEntry } from '../stored/manifest.js';
import { REPORT_SHAPES } from '../stored/quality-report.js';
import { compareNames } from '../unit/compare-names.js';
import type { SymbolName } from '../unit/symbol.js';

const PAGE_PARTS = {
  made_page: {
    is: 'object',
    fields: {
      date: { is: 'date', about: 'Its day.' },
      bytes: { is: 'count', about: 'Its size.' },
      source: { is: 'sha256', about: 'Digest of the published files and of the program.' },
    },
  },
  made_pages: {
    is: 'object',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      symbol: { is: 'ref', to: 'symbol' },
      pages: { is: 'list', of: { is: 'ref', to: 'made_page' } },
    },
  },
} as const;

type Named = typeof REPORT_SHAPES & typeof PAGE_PARTS;
const PAGE_SHAPES: Named = { ...REPORT_SHAPES, ...PAGE_PARTS };

export type MadePage = ValueOf<Named['made_page'], Named>;
export type MadePages = ValueOf<Named['made_pages'], Named>;
export const isMadePages: Guard<MadePages> = guardOf('made_pages', PAGE_SHAPES);

export function madePagesText(symbol: SymbolName, pages: readonly MadePage[]): string {
  const inOrder = pages.toSorted((one, other) => compareNames(one.date, other.date));
  return storedJson({ schema_version: SCHEMA_VERSION, symbol, pages: inOrder });
}

/** What the page of a symbol-day depends on, for a digest: the bytes of its files, what is found about it, and the program. */
export function sourceText(
  { status, coverage, files, findings }: PublishedEntry,
  program: string,
): string {
  const named = files.map(({ name, sha256 }) => [name, sha256]);
  return JSON.stringify([program, status, coverage, named, findings]);
}
