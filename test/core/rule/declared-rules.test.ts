/** What a raw root's dataset declares of rules, and how a malformed field is refused. */
import { describe, expect, test } from 'vitest';
import { declaredTexts } from '../../../src/core/rule/declared-rules.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';

const WHERE = 'raw/_dataset.json';

test('a dataset declares streams, sparse trades and the layout, and nothing else', () => {
  const texts = declaredTexts(
    {
      market: 'usdm',
      streams: 'trades',
      sparse_trades: true,
      raw_layout: '{symbol}/{stream}/{date}/{hour}.csv',
      edge_minutes: 9,
    },
    WHERE,
  );
  expect([...texts]).toEqual([
    ['streams', 'trades'],
    ['raw-layout', '{symbol}/{stream}/{date}/{hour}.csv'],
    ['sparse-trades', 'true'],
  ]);
});

test('a root without a dataset, or without these fields, declares nothing', () => {
  expect(declaredTexts(undefined, WHERE).size).toBe(0);
  expect(declaredTexts({ venue: 'binance' }, WHERE).size).toBe(0);
});

describe('a malformed field is refused in four parts', () => {
  test.for([
    ['streams', 'depth', "found 'depth', expected 'both' or 'trades'"],
    ['streams', true, "found 'true', expected a text, as --streams takes it"],
    ['sparse_trades', 'true', `found '"true"', expected true or false`],
    ['sparse_trades', 1, "found '1', expected true or false"],
    ['raw_layout', '{symbol}.csv', "'{symbol}.csv'"],
    ['raw_layout', null, "found 'null', expected a text, as --raw-layout takes it"],
  ] as const)('%s as %s', ([field, value, said]) => {
    const refused = (): unknown => declaredTexts({ [field]: value }, WHERE);
    expect(refused).toThrow(FlowbarsError);
    expect(refused).toThrow(said);
    expect(refused).toThrow(`raw/_dataset.json field '${field}'`);
  });
});
