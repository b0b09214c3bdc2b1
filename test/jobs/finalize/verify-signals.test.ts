/** The final step of days with signals beside their bars. */
import { describe, expect, test } from 'vitest';
import { checksOf } from '../../../src/core/check/settled-entry.js';
import { effectsOf, finalize, published, record, storeWith } from '../../support/day/finalizing.js';
import type { PublishedDay } from '../../support/day/published-day.js';
import { SIGNALS } from '../../../src/core/column/signal-table.js';

const BOTH: Partial<PublishedDay> = { kinds: ['bars', 'signals'] };
const SIGNALS_ALONE: Partial<PublishedDay> = { kinds: ['signals'] };

async function failures(day: Partial<PublishedDay>): Promise<Record<string, string>> {
  const out = storeWith([day]);
  await finalize(out, { resolutions: day.resolutions ?? '1h', outputs: (day.kinds ?? []).join() });
  const found = record(out).findings.filter(({ code }) => code === 'check_failed');
  return Object.fromEntries(found.map(({ where, detail }) => [where, detail]));
}

/** Changes one cell of one file; rows count from 1. */
function cell(file: string, row: number, column: number, text: string): Partial<PublishedDay> {
  return {
    ...BOTH,
    damage: (whole, name) => {
      if (name !== file) return whole;
      const lines = whole.split('\n');
      const cells = lines[row]?.split(',') ?? [];
      cells[column] = text;
      lines[row] = cells.join(',');
      return lines.join('\n');
    },
  };
}

describe('a sound day with signals', () => {
  test.for([
    ['beside its bars', BOTH, ['bars', 'signals']],
    ['alone', SIGNALS_ALONE, ['signals']],
    ['of trades alone', { ...BOTH, isTradesOnly: true }, ['bars', 'signals']],
    [
      'whose resolutions do not divide each other',
      { ...BOTH, resolutions: '2h,3h,12h' },
      ['bars', 'signals'],
    ],
    [
      'with cells beyond the safe integers',
      cell('1h signals', 9, SIGNALS.at('bid_qty_l20'), '123456789012.12345678'),
      ['bars', 'signals'],
    ],
  ] as const)('%s is published with the checks of its kinds', async ([, day, kinds]) => {
    const out = storeWith([day]);
    await finalize(out, {
      resolutions: day.resolutions ?? '1h',
      outputs: (day.kinds ?? []).join(),
    });
    const entry = published(out);
    const names = entry?.checks.map(({ check }) => check);
    expect(entry?.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(names).toEqual(checksOf(kinds));
  });

  test('lists bars before signals, finest first', async () => {
    const out = storeWith([BOTH]);
    await finalize(out);
    expect(published(out)?.files.map(({ name }) => name)).toEqual([
      'BTCUSDT/2025-12-11_1h.csv',
      'BTCUSDT/2025-12-11_6h.csv',
      'BTCUSDT/2025-12-11_1h_signals.csv',
      'BTCUSDT/2025-12-11_6h_signals.csv',
      'BTCUSDT/2025-12-11_quality.json',
    ]);
  });

  test('is carried over by a run that wants bars alone', async () => {
    const out = storeWith([BOTH]);
    await finalize(out, { resolutions: '1h' });
    const before = out.written.length;
    expect((await finalize(out, { resolutions: '1h' })).manifest).toBe('unchanged');
    expect(out.written).toHaveLength(before);
  });

  test('is not read by a library', async () => {
    const out = storeWith([SIGNALS_ALONE]);
    const { tables, ...effects } = effectsOf(out);
    const read: string[] = [];
    const spy = {
      ...tables,
      records: (bytes: Uint8Array, where: string) => {
        read.push(where);
        return tables.records(bytes, where);
      },
    };
    await finalize(out, { outputs: 'signals' }, { ...effects, tables: spy });
    expect(published(out)).toBeDefined();
    expect(read).toEqual([]);
  });
});

const at = (column: (typeof SIGNALS.header)[number]): number => SIGNALS.at(column);

describe('a day whose files are damaged', () => {
  test.for<readonly [check: string, day: Partial<PublishedDay>, detail: RegExp]>([
    ['columns', cell('1h signals', 0, 1, 'reason'), /header column 2 of 36: found 'reason'/u],
    [
      'time_steps',
      cell('1h signals', 4, 0, '2025-12-11T03:00:01Z'),
      /expected '2025-12-11T03:00:00Z'/u,
    ],
    ['text_values', cell('1h signals', 4, 1, 'gone'), /found 'gone', expected one of traded/u],
    ['number_format', cell('1h signals', 4, at('cvd'), '0.10'), /found '0\.10'/u],
    [
      'fill_reasons',
      cell('1h signals', 5, at('fill_reason'), 'quiet'),
      /trades_missing_ms: found '3600000', expected 0 with fill_reason 'quiet'/u,
    ],
    ['taker_flow', cell('6h signals', 1, at('taker_orders'), '0'), /6h_signals\.csv row 1 /u],
    ['book_cells', cell('6h signals', 2, at('ofi_l1'), ''), /expected a number with bid_added/u],
    ['book_order', cell('6h signals', 2, at('bid_qty_close'), '0'), /expected more than 0/u],
    [
      'delta_range',
      cell('6h signals', 2, at('delta_max'), '-1'),
      /found '-1', expected 0 or more/u,
    ],
    ['imbalance', cell('6h signals', 2, at('imbalance_l5'), '1.5'), /expected 0 to 1/u],
    [
      'roll_up',
      cell('6h signals', 2, at('bid_added'), '99.5'),
      /found '99\.5', expected '.*', the roll-up of 1h/u,
    ],
    [
      'roll_up',
      cell('6h signals', 2, at('fill_reason'), 'unproven'),
      /fill_reason: found 'unproven', expected 'feed_down'/u,
    ],
    [
      'bars_agree',
      cell('1h signals', 24, at('cvd'), '1'),
      /cvd: found '1', expected '-0\.874', the running sum/u,
    ],
    [
      'bars_agree',
      cell('1h', 2, 6, '0.376'),
      /expected vwap '100\.23333333' of the bar times vol_total '0\.376'/u,
    ],
  ])('breaks %s: %o', async ([check, day, detail]) => {
    const found = await failures(day);
    expect(found[check]).toMatch(detail);
  });

  test('is compared with no bars that are broken themselves', async () => {
    const found = await failures(cell('1h', 2, 6, '0.3760'));
    expect(Object.keys(found)).toEqual(['number_format']);
  });

  test('may lack its book only where no depth was recorded', async () => {
    const found = await failures({ ...BOTH, isTradesOnly: true });
    expect(found).toEqual({});
    const other = await failures({
      ...BOTH,
      damage: (text, file) =>
        file === '1h signals' ? text.replace(/^(2025-12-11T03.*?,quiet,0,)0,/mu, '$1,') : text,
    });
    expect(other['book_cells']).toMatch(/row 4 .* depth_missing_ms: found '', expected a number/u);
  });
});
