/** The symbol-days of which a run has stored a record, from one listing: nothing is read. */
import { runPrefix } from '../../core/stored/output-names.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { parseSymbol } from '../../core/unit/symbol.js';
import { parseUtcDate } from '../../core/unit/utc-date.js';
import type { Store } from '../ports.js';

const RECORD_END = '.json';

/** In the order of the names: by symbol, then by date. */
export async function recordedDays(runId: string, out: Store): Promise<SymbolDay[]> {
  const prefix = runPrefix(runId);
  const listed = await out.list(prefix);
  return listed.flatMap(({ name }) => {
    const [folder = '', file = '', ...rest] = name.slice(prefix.length).split('/');
    const symbol = parseSymbol(folder);
    const date = file.endsWith(RECORD_END)
      ? parseUtcDate(file.slice(0, -RECORD_END.length))
      : undefined;
    return symbol === undefined || date === undefined || rest.length > 0 ? [] : [{ symbol, date }];
  });
}
