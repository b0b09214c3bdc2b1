/** The symbols of a deployment, as its workflow finds them: `_symbols.json`, else the folders of the raw root. */
import { SYMBOLS_NAME } from '../core/plan/output-names.js';
import { FlowbarsError } from '../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../core/unit/symbol.js';
import type { Effects } from './ports.js';
import { resolveSymbols } from './symbols.js';

/** `listed`: what the deployment lists; `all`: every folder of the raw root. Throws a usage error for a list that is none. */
export async function symbolsOfExecution(
  choice: 'listed' | 'all' | readonly SymbolName[],
  rawLayout: string,
  { raw, out, codec }: Pick<Effects, 'raw' | 'out' | 'codec'>,
): Promise<readonly SymbolName[]> {
  if (choice !== 'listed') return await resolveSymbols(choice, rawLayout, raw);
  const content = await out.read(SYMBOLS_NAME);
  if (content === undefined) return await resolveSymbols('all', rawLayout, raw);
  const text = codec.decode(content.bytes);
  const names = listIn(text);
  const symbols = names.map(parseSymbol).filter((symbol) => symbol !== undefined);
  if (symbols.length > 0 && symbols.length === names.length) return symbols;
  throw new FlowbarsError('usage', {
    where: `${out.root}/${SYMBOLS_NAME}`,
    what: 'content',
    found: `'${text.slice(0, 40)}'`,
    expected: 'a JSON list of symbols such as ["BTCUSDT"]',
  });
}

function listIn(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : [];
  } catch {
    return [];
  }
}
