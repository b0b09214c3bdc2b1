/** What trade ids prove, shares cut to six decimals, and findings that are listed up to a limit. */
import { describe, expect, test } from 'vitest';
import {
  cutShare,
  GAPS_NAMED_MAX,
  TradeIds,
} from '../../../src/core/evidence/trade-id-evidence.js';
import { FINDINGS_PER_CODE_MAX, FindingList } from '../../../src/core/finding/finding-list.js';
import type { TradeIdEvidence } from '../../../src/core/stored/quality-report.js';
import { madeTrades } from '../event/made-rows.js';

const DAY = { fromMs: 1_000, toMs: 2_000 };

function evidenceOf(
  rows: readonly (readonly [id: string, timeMs: number])[],
  expected = DAY,
): TradeIdEvidence {
  const ids = new TradeIds();
  ids.take(madeTrades(rows.map(([id, timeMs]) => ({ id, timeMs }))));
  return ids.evidence(DAY, expected);
}

describe('trade ids', () => {
  test('of a whole day prove it', () => {
    const evidence = evidenceOf([
      ['6', 999],
      ['7', 1_500],
      ['8', 2_000],
    ]);
    expect(evidence).toEqual({
      rows_with_id: 3,
      first: '6',
      last: '8',
      missing: 0,
      gap_count: 0,
      gaps: [],
      proved_share: 1,
    });
  });

  test('that are missing are located and leave their stretch of time unproved', () => {
    expect(
      evidenceOf([
        ['6', 1_000],
        ['7', 1_200],
        ['10', 1_500],
        ['11', 2_000],
      ]),
    ).toEqual({
      rows_with_id: 4,
      first: '6',
      last: '11',
      missing: 2,
      gap_count: 1,
      gaps: [
        {
          after_id: '7',
          missing: 2,
          from: '1970-01-01T00:00:01.200Z',
          to: '1970-01-01T00:00:01.500Z',
        },
      ],
      proved_share: 0.7,
    });
  });

  test('that are not numbers prove nothing, and a repeated one counts as a row', () => {
    expect(
      evidenceOf([
        ['a', 1_000],
        ['', 1_500],
        ['b', 2_000],
      ]),
    ).toMatchObject({
      rows_with_id: 0,
      first: null,
      last: null,
      proved_share: 0,
    });
    expect(
      evidenceOf([
        ['7', 1_000],
        ['007', 1_100],
        ['8', 2_000],
      ]),
    ).toMatchObject({
      rows_with_id: 3,
      missing: 0,
      proved_share: 1,
    });
    expect(evidenceOf([['7', 1_000]])).toMatchObject({ first: '7', proved_share: 0 });
  });

  test('that lie within the edges belong to the neighbour day', () => {
    expect(
      evidenceOf([
        ['1', 800],
        ['3', 999],
        ['4', 1_500],
        ['5', 2_000],
        ['9', 2_100],
      ]),
    ).toMatchObject({
      missing: 0,
      proved_share: 1,
    });
    expect(
      evidenceOf([
        ['1', 800],
        ['3', 1_000],
        ['4', 1_999],
        ['6', 2_000],
      ]),
    ).toMatchObject({
      missing: 2,
      gap_count: 2,
    });
  });

  test('prove a share of what is expected', () => {
    const rows = [
      ['1', 1_000],
      ['2', 1_500],
      ['4', 2_000],
    ] as const;
    expect(evidenceOf(rows, { fromMs: 1_250, toMs: 1_500 }).proved_share).toBe(1);
    expect(evidenceOf(rows, { fromMs: 1_250, toMs: 1_750 }).proved_share).toBe(0.5);
    expect(evidenceOf(rows, { fromMs: 0, toMs: 3_000 }).proved_share).toBe(0.166666);
    expect(evidenceOf(rows, { fromMs: 1_250, toMs: 1_250 }).proved_share).toBe(0);
  });

  test('count the same time once if gaps lie inside one another', () => {
    const rows = [
      ['1', 1_000],
      ['3', 1_500],
      ['5', 1_100],
      ['7', 1_200],
      ['8', 2_000],
    ] as const;
    expect(evidenceOf(rows)).toMatchObject({ missing: 3, proved_share: 0.5 });
  });

  test('list a limited number of gaps and count all', () => {
    const rows = Array.from({ length: GAPS_NAMED_MAX + 6 }, (_, n): [string, number] => [
      String(2 * n),
      1_000 + n,
    ]);
    const evidence = evidenceOf(rows);
    expect(evidence).toMatchObject({ missing: GAPS_NAMED_MAX + 5, gap_count: GAPS_NAMED_MAX + 5 });
    expect(evidence.gaps).toHaveLength(GAPS_NAMED_MAX);
  });
});

test.for<[number, number, number]>([
  [1, 3, 0.333333],
  [2, 3, 0.666666],
  [86_399_999, 86_400_000, 0.999999],
  [86_400_000, 86_400_000, 1],
  [0, 5, 0],
  [0, 0, 0],
])('%i of %i is cut to %d', ([part, whole, expected]) => {
  expect(cutShare(part, whole)).toBe(expected);
});

describe('findings', () => {
  test('keep their order and have the severity of their code', () => {
    const list = new FindingList();
    list.add('outage', 'a', 'x');
    list.add('snapshots_short', 'b', 'y');
    expect(list.all()).toEqual([
      { code: 'outage', severity: 'warning', where: 'a', detail: 'x' },
      { code: 'snapshots_short', severity: 'info', where: 'b', detail: 'y' },
    ]);
    expect([list.countOf('outage'), list.countOf('no_data')]).toEqual([1, 0]);
    expect(list.hasError).toBe(false);
    list.add('side_doubtful', 'c', 'z');
    expect(list.hasError).toBe(true);
  });

  test('are warnings where their code is accepted', () => {
    const list = new FindingList(['overlap_unresolved']);
    for (let n = 0; n <= FINDINGS_PER_CODE_MAX; n++) list.add('overlap_unresolved', String(n), '');
    expect(new Set(list.all().map(({ severity }) => severity))).toEqual(new Set(['warning']));
    expect(list.hasError).toBe(false);
    list.add('side_doubtful', '', '');
    expect(list.hasError).toBe(true);
  });

  test('of one code are listed up to a limit, the rest is counted at the end', () => {
    const list = new FindingList();
    for (let n = 0; n < FINDINGS_PER_CODE_MAX + 3; n++) list.add('outage', String(n), '');
    list.add('no_data', 'z', '');
    const all = list.all();
    expect(all).toHaveLength(FINDINGS_PER_CODE_MAX + 2);
    expect(all.slice(-2).map(({ code, where, detail }) => `${code} ${where} ${detail}`)).toEqual([
      'no_data z ',
      'outage and more 3 more of this code',
    ]);
    expect(list.countOf('outage')).toBe(FINDINGS_PER_CODE_MAX + 3);
  });
});
