/** The symbol-days with a record of the run, from one listing without reads. */
import { runPrefix } from '../../core/stored/output-names.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { parseSymbol } from '../../core/unit/symbol.js';
import { parseUtcDate } from '../../core/unit/utc-date.js';
import type { Store } from '../ports.js';

const RECORD_END = '.json';

/** Sorted by symbol, then by date. */
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
