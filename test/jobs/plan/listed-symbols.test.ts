/** The symbols of a deployment, as its workflow finds them. */
import { expect, test } from 'vitest';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { codec } from '../../../src/edge/format/codec.js';
import { findSymbols, type ListedChoice } from '../../../src/jobs/plan/listed-symbols.js';
import { SYMBOLS_MAX } from '../../../src/core/plan/symbol-pattern.js';
import { openMemoryStore } from '../../support/memory-store.js';

const CHUNK = 'trades/2025-12-11/00-00.csv';
const NAMED = ['BUSDT', 'AUSDT'].map((name) => symbolName(name, 'test'));

async function symbolsOf(
  choice: ListedChoice,
  list?: string,
  rawLayout = defaultLayout.rawLayout,
): Promise<readonly string[]> {
  const folders = ['AUSDT', 'CUSDT', '_logs', 'a b'];
  const files = Object.fromEntries(folders.map((folder) => [`${folder}/${CHUNK}`, 'x']));
  const raw = openMemoryStore({ root: 'raw', files });
  const listed = list === undefined ? {} : { '_symbols.json': list };
  const out = openMemoryStore({ root: 'out', files: listed });
  const events: string[] = [];
  const log = { event: (_severity: string, name: string) => events.push(name) };
  const found = await findSymbols(
    { choice, layout: { ...defaultLayout, rawLayout } },
    { raw, out, codec, log },
  );
  expect(events).toEqual(found.isFound ? ['folders_skipped'] : []);
  return found.symbols;
}

test.for<[string, ListedChoice, string | undefined, string[]]>([
  ['those that were named, in their order', NAMED, '["X"]', ['BUSDT', 'AUSDT']],
  ['the list of the deployment', 'listed', '["XUSDT", "币安人生USDT"]', ['XUSDT', '币安人生USDT']],
  ['the folders where there is no list', 'listed', undefined, ['AUSDT', 'CUSDT']],
  ['the folders where all are asked for', 'all', '["XUSDT"]', ['AUSDT', 'CUSDT']],
])('are %s', async ([, choice, list, symbols]) => {
  expect(await symbolsOf(choice, list)).toEqual(symbols);
});

test('are read from the list whatever the layout', async () => {
  expect(await symbolsOf('listed', '["A"]', '{date}/{symbol}')).toEqual(['A']);
});

test.for([
  ['no JSON', 'AUSDT'],
  ['no list', '{"symbols": ["AUSDT"]}'],
  ['an empty list', '[]'],
  ['a list with a number', '["AUSDT", 7]'],
  ['a list with a path', '["A/B"]'],
  ['a list with a symbol twice', '["AUSDT", "AUSDT"]'],
] as const)('are refused where the list is %s', async ([, list]) => {
  await expect(symbolsOf('listed', list)).rejects.toMatchObject({
    kind: 'usage',
    message: `out/_symbols.json content: found '${list}', expected a JSON list of symbols such as ["BTCUSDT"], each once`,
  });
});

test.for([
  ['a list', 'listed', SYMBOLS_MAX + 1, 'out/_symbols.json symbols: found 10001 symbols'],
  ['folders', 'all', SYMBOLS_MAX + 1, '--symbols all symbols in raw: found 10001 symbol folders'],
] as const)('of %s are at most one a task', async ([, choice, count, message]) => {
  const names = Array.from({ length: count }, (_, index) => `S${index}`);
  const chunks = names.map((name) => [`${name}/trades/x`, ''] as const);
  const raw = openMemoryStore({ root: 'raw', files: Object.fromEntries(chunks) });
  const files = { '_symbols.json': JSON.stringify(names) };
  const out = openMemoryStore({ root: 'out', files });
  const log = { event: () => undefined };
  const finding = findSymbols({ choice, layout: defaultLayout }, { raw, out, codec, log });
  await expect(finding).rejects.toThrow(message);
});
