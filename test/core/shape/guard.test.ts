/** Guards of declared shapes: each field must exist and have its kind; nothing more is checked. */
import { describe, expect, test } from 'vitest';
import { guardOf, partGuard } from '../../../src/core/shape/guard.js';
import type { ValueOf } from '../../../src/core/shape/shape.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';

const SHAPES = {
  base: {
    is: 'object',
    fields: { id: { is: 'name' }, state: { is: 'word', of: { open: 'info', shut: 'error' } } },
  },
  thing: {
    is: 'object',
    like: 'base',
    fields: {
      schema_version: { is: 'version' },
      count: { is: 'count', max: 9 },
      share: { is: 'share', orNull: true },
      sha256: { is: 'sha256' },
      day: { is: 'date' },
      symbol: { is: 'symbol' },
      written: { is: 'word', of: ['one', 'two'], only: ['one'] },
      loose: { is: 'word', of: ['one'], loose: true },
      flag: { is: 'truth' },
      own: { is: 'open', orNull: true },
      parts: { is: 'list', of: { is: 'ref', to: 'base' }, max: 1 },
      seen: { is: 'true', optional: true },
      other: { is: 'ref', to: 'base', orNull: true, optional: true },
    },
  },
} as const;

const isThing = guardOf('thing', SHAPES);
const THING = {
  id: 'a',
  state: 'shut',
  schema_version: SCHEMA_VERSION,
  count: 10,
  share: 0.5,
  sha256: 'none by its pattern',
  day: '2025-12-11',
  symbol: 'BTCUSDT',
  written: 'two',
  loose: 'three',
  flag: false,
  own: { anything: [1] },
  parts: [
    { id: '', state: 'open' },
    { id: 'b', state: 'shut' },
  ],
};

test('a declaration is a type', () => {
  const value: unknown = THING;
  if (!isThing(value)) throw new Error('another shape');
  const thing: ValueOf<(typeof SHAPES)['thing'], typeof SHAPES> = value;
  const states: readonly ('open' | 'shut')[] = thing.parts.map(({ state }) => state);
  const share: number | null = thing.share;
  const seen: true | undefined = thing.seen;
  expect([states, share, seen]).toEqual([['open', 'shut'], 0.5, undefined]);
});

describe('a guard', () => {
  test.for(Object.keys(THING))('refuses a value without %s', (field) => {
    const without = Object.fromEntries(Object.entries(THING).filter(([name]) => name !== field));
    expect(isThing(without)).toBe(false);
  });

  test.for<[string, unknown]>([
    ['id', 1],
    ['state', 'ajar'],
    ['schema_version', 1],
    ['count', '1'],
    ['share', undefined],
    ['sha256', null],
    ['day', '2025-02-30'],
    ['symbol', '_X'],
    ['written', 'three'],
    ['loose', 1],
    ['flag', 'true'],
    ['own', []],
    ['parts', {}],
    ['parts', [{ id: 'a' }]],
    ['seen', false],
    ['seen', undefined],
    ['other', {}],
  ])('refuses %s of %j', ([field, value]) => {
    expect(isThing({ ...THING, [field]: value })).toBe(false);
  });

  test.for<[string, unknown]>([
    ['share', null],
    ['own', null],
    ['parts', []],
    ['seen', true],
    ['other', null],
    ['other', { id: 'b', state: 'open' }],
    ['unknown', 1],
  ])('lets %s of %j through', ([field, value]) => {
    expect(isThing({ ...THING, [field]: value })).toBe(true);
  });

  test.for([null, undefined, 1, 'text', [], [THING]])('refuses %j', (value) => {
    expect(isThing(value)).toBe(false);
  });

  test('of a part checks only its fields, those of `like` included', () => {
    const isPart = partGuard('thing', ['id', 'parts'], SHAPES);
    expect(isPart({ id: 'a', parts: THING.parts })).toBe(true);
    expect(isPart({ id: 'a', parts: [1] })).toBe(false);
    expect(isPart({ parts: [] })).toBe(false);
  });

  test('of an unknown name is a bug', () => {
    const isBroken = guardOf('broken', { broken: { is: 'ref', to: 'nothing' } });
    expect(() => isBroken(1)).toThrow("no shape is called 'nothing'");
  });
});
