/** Checks that the raw root has a folder for each named symbol. */
import { hasSymbolFirst, type RawLayout } from '../../core/rule/layout.js';
import { type AllowEmpty, mayBeEmpty } from '../../core/run/good.js';
import { describeRoot, holdsSymbols } from '../../core/recorded/root-look.js';
import { closestName } from '../../core/unit/closest-name.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import { counted } from '../../core/unit/words.js';
import type { Store } from '../ports.js';
import { lookAtRoot } from '../recorded/look-at-root.js';
import { refuseTwins } from '../recorded/recorded-symbols.js';

export interface NamedSymbols {
  readonly symbols: readonly SymbolName[];
  readonly layout: RawLayout;
  /** Symbols that may have no data need no folder either. */
  readonly allowEmpty: AllowEmpty;
  /** The option or field that named them, for errors. */
  readonly where?: string | undefined;
}

/** Throws a usage error with the nearest name: a misspelt symbol would leave an empty report and a manifest entry. */
export async function refuseUnknown(
  { symbols, layout, allowEmpty, where = '--symbols' }: NamedSymbols,
  raw: Store,
): Promise<void> {
  if (!hasSymbolFirst(layout.rawLayout)) return;
  const folders = await raw.folders();
  const known = new Set(folders.flatMap((folder) => parseSymbol(folder) ?? []));
  const unknown = symbols.find((symbol) => !known.has(symbol) && !mayBeEmpty(symbol, allowEmpty));
  refuseTwins(
    folders.filter((folder) => symbols.some((one) => one === parseSymbol(folder))),
    raw,
  );
  if (unknown === undefined) return;
  const closest = closestName(unknown, folders);
  const found = `'${unknown}', which has no folder in ${raw.root}`;
  const refuse = (also: string, expected: string): never => {
    throw new FlowbarsError('usage', { where, what: 'symbol', found: found + also, expected });
  };
  if (closest !== undefined) refuse('', `'${closest}'`);
  const look = await lookAtRoot(raw);
  if (holdsSymbols(look, layout)) {
    refuse('', `one of its ${counted(folders.length, 'folder')}, such as '${folders[0] ?? ''}'`);
  }
  const words = describeRoot(look, layout);
  refuse(`, where there ${look.count > 1 ? 'are' : 'is'} ${words.found}`, words.expected);
}
