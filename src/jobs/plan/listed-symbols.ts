/** The symbols of a deployment, as its workflow finds them: `_symbols.json`, else the folders of the raw root. */
import { SYMBOLS_NAME } from '../../core/stored/output-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { readJson } from '../../core/unit/json.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import type { Effects } from '../ports.js';
import { resolveSymbols, type SymbolChoice } from './symbols.js';

/** Of a list that is none, what an error quotes. */
const FOUND_CHARACTERS = 40;

/** What a command says of its symbols. `listed`: what the deployment lists; `all`: every folder of the raw root. */
export type ListedChoice = 'listed' | SymbolChoice;

/** Throws a usage error for a list that is none. */
export async function symbolsOfExecution(
  choice: ListedChoice,
  rawLayout: string,
  { raw, out, codec }: Pick<Effects, 'raw' | 'out' | 'codec'>,
): Promise<readonly SymbolName[]> {
  if (choice !== 'listed') return await resolveSymbols(choice, rawLayout, raw);
  return (await listedSymbols({ out, codec })) ?? (await resolveSymbols('all', rawLayout, raw));
}

/** What the deployment lists; undefined where it has no list. Throws a usage error for a list that is none. */
export async function listedSymbols({
  out,
  codec,
}: Pick<Effects, 'out' | 'codec'>): Promise<readonly SymbolName[] | undefined> {
  const content = await out.read(SYMBOLS_NAME);
  if (content === undefined) return undefined;
  const text = codec.decode(content.bytes);
  const symbols = listIn(text);
  if (symbols !== undefined) return symbols;
  throw new FlowbarsError('usage', {
    where: `${out.root}/${SYMBOLS_NAME}`,
    what: 'content',
    found: `'${text.slice(0, FOUND_CHARACTERS)}'`,
    expected: 'a JSON list of symbols such as ["BTCUSDT"], each once',
  });
}

function listIn(text: string): SymbolName[] | undefined {
  const names = readJson(text);
  if (!Array.isArray(names) || names.length === 0) return undefined;
  const symbols = names.flatMap((name: unknown) =>
    typeof name === 'string' ? (parseSymbol(name) ?? []) : [],
  );
  return new Set(symbols).size === names.length ? symbols : undefined;
}
