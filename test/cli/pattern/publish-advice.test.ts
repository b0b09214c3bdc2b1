/** The commands that publish symbol-days with patterns: they carry the rules of the days' reports. */
import { expect, test } from 'vitest';
import { printAdvice, publishAdvice } from '../../../src/cli/pattern/publish-advice.js';
import { qualityName } from '../../../src/core/stored/output-names.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { RULED_DAYS_MAX } from '../../../src/jobs/pattern/ruled-days.js';
import { type PatternDay, publishPatterns } from '../../support/day/pattern-days.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { paperTerminal } from '../../support/readme/paper-terminal.js';
import { dayTexts } from '../../core/pattern/made-day.js';

const TEXTS = dayTexts(() => undefined);
const EVERY = '--resolutions 1s --outputs bars,signals,patterns';

/** Without files, which take their time to make: the rules are in the report alone. */
function day(symbol: string, at: number, feeBps = '10'): PatternDay {
  const date = `2025-12-${String(at).padStart(2, '0')}`;
  return { symbol, date, texts: TEXTS, status: 'empty', feeBps };
}

async function advised(
  days: readonly PatternDay[],
  { out = 'out', lost = [] }: { out?: string; lost?: readonly PatternDay[] } = {},
): Promise<string[]> {
  const store = openMemoryStore();
  publishPatterns(store, days);
  for (const { symbol, date } of lost) {
    store.remove(qualityName({ symbol: symbolName(symbol, ''), date: utcDate(date, '') }));
  }
  const { lines, world } = paperTerminal(200);
  const advice = await publishAdvice(days, { out: store, codec });
  printAdvice(advice, '', out, { ...world.stdout, isTty: false });
  return lines;
}

test('days of the same rules take one command, with the options that are not defaults', async () => {
  const published = {
    ...day('A', 1, '4'),
    status: 'complete',
    kinds: ['bars', 'signals'],
  } as const;
  expect(await advised([published, day('B', 3, '4')])).toEqual([
    `flowbars run --raw RAW --out out --symbols A,B --from 2025-12-01 --to 2025-12-03 ${EVERY} --fee-bps 4`,
  ]);
  expect(await advised([])).toEqual([]);
  const many = Array.from({ length: RULED_DAYS_MAX + 2 }, (_, index) => day('A', index + 1, '4'));
  expect(await advised(many)).toEqual([
    expect.stringContaining('--from 2025-12-01 --to 2025-12-22'),
    'its options are those of 20 symbol-days; 2 more were not looked at',
  ]);
});

test('days of other rules take commands of their own', async () => {
  const days = [day('A', 1), day('A', 2), day('B', 2, '4'), day('A', 3, '4')];
  const run = 'flowbars run --raw RAW --out out';
  expect(await advised(days)).toEqual([
    `${run} --symbols A --from 2025-12-01 --to 2025-12-02 ${EVERY}`,
    `${run} --symbols A --from 2025-12-03 --to 2025-12-03 ${EVERY} --fee-bps 4`,
    `${run} --symbols B --from 2025-12-02 --to 2025-12-02 ${EVERY} --fee-bps 4`,
  ]);
  const many = Array.from({ length: RULED_DAYS_MAX + 1 }, (_, index) =>
    day('A', index + 1, String(index)),
  );
  expect((await advised(many)).slice(4)).toEqual([
    expect.stringContaining('--fee-bps 4'),
    '… and 16 more symbol-days',
  ]);
});

test('a workflow takes files, and its job the rules', async () => {
  expect(await advised([day('A', 1, '4')], { out: 'gs://b/x' })).toEqual([
    `flowbars backfill --symbols A --from 2025-12-01 --to 2025-12-01 ${EVERY}`,
    'published with --fee-bps 4: the job needs the same options',
  ]);
});

test('a day whose report is gone takes the options of the command', async () => {
  const days = [day('A', 1, '4')];
  expect(await advised(days, { lost: days })).toEqual([
    'flowbars run --raw RAW --out out --symbols A --from 2025-12-01 --to 2025-12-01 --outputs bars,signals,patterns',
  ]);
});
