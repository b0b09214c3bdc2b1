/** The listing of a symbol-day where names come in two Unicode forms. */
import { expect, test } from 'vitest';
import { DAY_RULES } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { listDay } from '../../../src/jobs/plan/list-day.js';
import { openMemoryStore } from '../../support/memory-store.js';

const RULES = { ...defaultRules(DAY_RULES), resolutions: [], outputs: [], formats: [] };
const STORED = 'ガÉUSDT'.normalize('NFD');
const CHUNK = 'trades/2025-12-11/00-00.csv';

test('finds chunks under the other form of the name, and refuses chunks under both', async () => {
  const raw = openMemoryStore({ root: 'raw', files: { [`${STORED}/${CHUNK}`]: 'x' } });
  const symbol = symbolName(STORED, 'test');
  expect(symbol).toBe(STORED.normalize('NFC'));
  const day = { symbol, date: utcDate('2025-12-11', 'test') };
  const { steps } = await listDay(day, RULES, raw);
  expect(steps.flatMap(({ objects }) => objects.map(({ name }) => name))).toEqual([
    `${STORED}/${CHUNK}`,
  ]);
  // As a file system shows it that takes both forms for one.
  raw.put(`${symbol}/${CHUNK}`, 'y');
  expect((await listDay(day, RULES, raw)).steps).toHaveLength(1);
  raw.put(`${symbol}/${CHUNK.replace('00-00', '00-01')}`, 'x');
  await expect(listDay(day, RULES, raw)).rejects.toThrow('two Unicode forms of one name');
});
