/** Checks that the raw root has a folder for each named symbol. */
import { isPatterns } from '../../core/plan/symbol-pattern.js';
import { hasSymbolFirst } from '../../core/rule/layout.js';
import { closestName } from '../../core/unit/closest-name.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Store } from '../ports.js';
import type { SymbolsRequest } from './listed-symbols.js';

/** Throws a usage error with the nearest name: a misspelt symbol would leave an empty report and a manifest entry. */
export async function refuseUnknown(
  { choice, rawLayout, symbolsWhere: where = '--symbols' }: SymbolsRequest,
  raw: Store,
): Promise<void> {
  // The plan itself refuses a pattern that matches no folder.
  if (typeof choice === 'string' || isPatterns(choice) || !hasSymbolFirst(rawLayout)) return;
  const folders = await raw.folders();
  const known = new Set(folders);
  const unknown = choice.find((symbol) => !known.has(symbol));
  if (unknown === undefined) return;
  const closest = closestName(unknown, folders);
  const expected = closest === undefined ? `one of its ${folders.length} folders` : `'${closest}'`;
  const found = `'${unknown}', which has no folder in ${raw.root}`;
  throw new FlowbarsError('usage', { where, what: 'symbol', found, expected });
}
