import { describe, expect, test } from 'vitest';
import {
  FindingList,
  FINDINGS_PER_CODE_MAX,
  findingText,
  REASONS_PER_CODE_MAX,
} from '../../../src/core/finding/finding-list.js';

const HEADER = { stream: 'trades', what: 'header', found: "'a,b'", expected: 'the columns' };
const code = 'chunk_unreadable';

describe('unreadable chunks', () => {
  test('are one finding a reason, the most frequent first and before all others', () => {
    const list = new FindingList();
    list.add('overlap_unresolved', 'a and b', 'twice');
    list.addChunk(code, 'A/depth/00-00.csv', { ...HEADER, stream: 'depth' });
    for (let minute = 0; minute < 1_440; minute += 1) {
      list.addChunk(code, `A/trades/${minute}.csv`, HEADER);
    }
    expect(list.countOf(code)).toBe(1_441);
    expect(list.all().map(findingText)).toEqual([
      "chunk_unreadable: 1,440 chunks: header: found 'a,b', expected the columns; first A/trades/0.csv",
      "chunk_unreadable: header: found 'a,b', expected the columns (A/depth/00-00.csv)",
      'overlap_unresolved: twice (a and b)',
    ]);
  });

  test('of too many reasons are counted together, those of a known one by their reason', () => {
    const list = new FindingList();
    for (let reason = 0; reason < REASONS_PER_CODE_MAX + 3; reason += 1) {
      list.addChunk(code, `${reason}.csv`, { ...HEADER, found: String(reason) });
    }
    list.addChunk(code, 'again.csv', { ...HEADER, found: '0' });
    const all = list.all();
    expect(all).toHaveLength(REASONS_PER_CODE_MAX + 1);
    expect(all[0]?.where).toBe('0.csv');
    expect(all[0]?.detail).toMatch(/^2 chunks: /u);
    expect(all.at(-1)).toMatchObject({ code, where: 'and more', detail: '3 more of this code' });
  });
});

test('findings of one code beyond the limit are counted', () => {
  const list = new FindingList();
  for (let index = 0; index < FINDINGS_PER_CODE_MAX + 2; index += 1) list.add('outage', 'x', 'y');
  expect(list.all()).toHaveLength(FINDINGS_PER_CODE_MAX + 1);
  expect(list.all().at(-1)?.detail).toBe('2 more of this code');
});
