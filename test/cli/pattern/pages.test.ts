/** `flowbars patterns` and `flowbars scoreboard` on a folder: pages of 80 columns, documents, exit codes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGiven } from '../../../src/cli/command/given.js';
import { EVENT_ROWS_MAX } from '../../../src/cli/pattern/events-page.js';
import { patternsCommand } from '../../../src/cli/pattern/patterns.js';
import { scoreboardCommand } from '../../../src/cli/pattern/scoreboard.js';
import { textWidth } from '../../../src/cli/screen/text-width.js';
import { PATTERNS } from '../../../src/core/column/pattern-table.js';
import { type PatternDay, publishPatterns } from '../../support/day/pattern-days.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { paperTerminal } from '../../support/readme/paper-terminal.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { Workdir } from '../../support/workdir.js';
import { dayTexts, randomWalk } from '../../core/pattern/made-day.js';

const [FIRST, LAST] = ['2025-12-10', '2025-12-11'];
const DAYS: readonly PatternDay[] = [
  // A price that walks at random, and flow that does not lead it.
  { symbol: 'AAAUSDT', date: FIRST, texts: randomWalk({ seed: 'martingale' }) },
  { symbol: 'AAAUSDT', date: LAST, texts: dayTexts(() => undefined), kinds: ['bars', 'signals'] },
];
const WIDTH = 80;

const workdir = new Workdir();

beforeAll(() => {
  const out = openMemoryStore();
  publishPatterns(out, DAYS);
  workdir.write('raw/x.csv', '');
  for (const name of out.names()) workdir.write(`out/${name}`, out.text(name));
});

afterAll(() => workdir.dispose());

interface Page {
  readonly code: number;
  readonly lines: readonly string[];
}

/** On a terminal of 80 columns; a line with a root may be longer. */
async function page(
  command: typeof patternsCommand,
  options: Readonly<Record<string, string | boolean>> = {},
): Promise<Page> {
  const { lines, world } = paperTerminal(WIDTH);
  const range = { out: workdir.path('out'), from: FIRST, to: LAST };
  const given = readGiven(command, { _: [command.name], ...range, ...options }, {});
  const code = await command.execute(given, world);
  expect(lines.filter((line) => textWidth(line) > WIDTH && !line.includes(workdir.root))).toEqual(
    [],
  );
  return { code, lines };
}

test('a walk at random shows no evidence beyond its control', async () => {
  const { code, lines } = await page(scoreboardCommand, { to: FIRST });
  expect(code).toBe(0);
  for (const pattern of PATTERNS) {
    expect(lines).toContain(`${pattern}: no evidence beyond its control`);
  }
  expect(lines).toContain('  none of 24 lines shows evidence beyond its control;');
});

test('the page says what its columns mean, and names days without patterns', async () => {
  const { lines } = await page(scoreboardCommand, { pattern: 'whale', 'fee-bps': '4' });
  expect(lines.slice(0, 27)).toEqual([
    'AAAUSDT, 2025-12-10, 1 symbol-day: what followed each pattern',
    '',
    '  after  events  ties    hits   interval  control  expected   mean  median',
    '───────  ──────  ────  ──────  ─────────  ───────  ────────  ─────  ──────',
    'whale: no evidence beyond its control',
    '   10 s      48     2  45.8 %  30.6–59.5   50.0 %    50.0 %  -0.11   -0.17',
    '   60 s      48     1  45.8 %  28.9–61.5   44.8 %    50.0 %  -0.15   -0.08',
    '  300 s      41     1  43.9 %  30.2–60.0   41.2 %    50.3 %  -0.43   -0.71',
    '',
    '  events, ties  those after which the price had moved, and those after which it',
    '                had not',
    '  hits          share of events after which it had moved where the pattern',
    '                points',
    '  interval      where the true rate plausibly lies, in percent: 95 % of draws of',
    '                half hours; – if fewer than six of them hold events',
    '  control       hits of the same rule without its order-flow half',
    '  expected      hits of random moments that point up and down as often as the',
    '                events',
    '  mean, median  move where the pattern points, in basis points before the fee; a',
    '                trade costs 4 bps both ways, and no mean covers it',
    '  evidence      the whole interval lies above control (above expected where',
    '                there is no control). Otherwise the order flow in the pattern',
    '                adds nothing that can be seen',
    '',
    'left out: AAAUSDT 2025-12-11: published without patterns',
    'to publish patterns:',
    expect.stringMatching(/^ {2}flowbars run --raw RAW --out /u),
  ]);
  expect(lines.slice(27, 32)).toEqual([
    '    --symbols AAAUSDT --from 2025-12-11 --to 2025-12-11 --resolutions 1s \\',
    '    --outputs bars,signals,patterns',
    '',
    'pooled (exit code 0): 1 symbol-day, 1 left out;',
    '  none of 3 lines shows evidence beyond its control;',
  ]);
  const nothing = await page(scoreboardCommand, { from: LAST });
  expect(nothing.code).toBe(1);
  expect(nothing.lines).toContain('left out: AAAUSDT 2025-12-11: published without patterns');
  expect(nothing.lines).toContain(
    'not good (exit code 1): no symbol-day has a scoreboard, 1 left out;',
  );
});

test('events fill a table of 80 columns, with the lines of their files', async () => {
  const { code, lines } = await page(scoreboardCommand, { events: true, pattern: 'divergence' });
  expect(code).toBe(0);
  expect(lines.slice(0, 6)).toEqual([
    'AAAUSDT 2025-12-10: AAAUSDT/2025-12-10_1s_signals.csv,',
    '  AAAUSDT/2025-12-10_1s.csv',
    'known at  pattern     to      price   10 s   60 s   300 s  lines',
    '────────  ──────────  ────  ───────  ─────  ─────  ──────  ───────────',
    '03:39:00  divergence  down  5988.65  -0.67  -2.09   -4.84  12422-13141',
    '03:43:00  divergence  up     5992.1  -0.92  -0.92    0.75  12362-13381',
  ]);
  expect(lines).toContain(
    'lines: of both files named above; line 1 is the header; --json has strength',
  );
  const all = await page(scoreboardCommand, { events: true });
  expect(all.lines).toContain(
    `… and ${(2_109 - EVENT_ROWS_MAX).toLocaleString('en-US')} more, --json has all`,
  );
});

test('recomputed days have a row each, and what was stored beside is said', async () => {
  const checked = await page(patternsCommand, { check: true });
  expect(checked.code).toBe(1);
  expect(checked.lines.filter((line) => !line.startsWith('recomputed')).slice(0, 7)).toEqual([
    'symbol   date        events  outcome',
    '───────  ──────────  ──────  ───────',
    'AAAUSDT  2025-12-10   2,109  same',
    'AAAUSDT  2025-12-11   2,818  missing',
    '    published without patterns',
    '',
    'to publish patterns:',
  ]);
  expect(workdir.exists(`out/AAAUSDT/${LAST}_patterns.csv`)).toBe(false);
  const made = await page(patternsCommand);
  expect(made.code).toBe(0);
  expect(made.lines).toContain('AAAUSDT  2025-12-11   2,818  made');
  expect(workdir.text(`out/AAAUSDT/${LAST}_patterns.csv`).split('\n')).toHaveLength(2_820);
});

test('patterns without the seconds that they were read off cannot be verified', async () => {
  const bare = openMemoryStore();
  const [day] = DAYS;
  if (day === undefined) throw new Error('no day');
  publishPatterns(bare, [{ ...day, kinds: ['patterns', 'scoreboard'] }]);
  for (const name of bare.names()) workdir.write(`bare/${name}`, bare.text(name));
  const { code, lines } = await page(patternsCommand, { out: workdir.path('bare') });
  expect(code).toBe(1);
  expect(lines).toContain('AAAUSDT  2025-12-10       –  no seconds');
  expect(lines).toContain('publish 1s bars and signals to verify them:');
  expect(lines).not.toContain('to publish patterns:');
});

test.for([{}, { symbols: 'AAAUSDT' }, { symbols: 'A*' }, { events: true }])(
  'days without a manifest lead to those that have one: %o',
  async (options) => {
    const { code, lines } = await page(scoreboardCommand, {
      from: '2025-11-01',
      to: '2025-11-30',
      ...options,
    });
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe(
      'published: 2025-12-10 to 2025-12-11; type --from 2025-12-10 --to 2025-12-11',
    );
  },
);

test('first and last are published days', async () => {
  const { code, lines } = await page(scoreboardCommand, { from: 'first', to: 'last' });
  expect(code).toBe(0);
  expect(lines[0]).toContain('AAAUSDT, 2025-12-10, 1 symbol-day');
  expect(lines).toContain('left out: AAAUSDT 2025-12-11: published without patterns');
});

test('the built program prints documents in a pipe, and refuses an odd request', async () => {
  const range = ['--out', 'out', '--from', FIRST, '--to', FIRST];
  const patterns = await workdir.run(['patterns', ...range]);
  expect(patterns).toMatchObject({ code: 0 });
  expect(patterns.stderr).toMatch(/^good \(exit code 0\): 1 symbol-day, 1 same; /u);
  expectSchema('recomputed', patterns.stdout);
  const scores = await workdir.run(['scoreboard', ...range, '--fee-bps', '4']);
  expectSchema('scores', scores.stdout);
  expect(scores.stdout).toContain('"fee_bps": "4"');
  const events = await workdir.run(['scoreboard', ...range, '--events', '--format', 'jsonl']);
  const rows = events.stdout.trimEnd().split('\n');
  const { events: all } = JSON.parse(
    (await workdir.run(['scoreboard', ...range, '--events'])).stdout,
  ) as { events: unknown[] };
  expect(rows.map((row): unknown => JSON.parse(row))).toEqual(all);
  expect(all.length).toBeGreaterThan(100);
  const nothing = await workdir.run(['scoreboard', '--out', 'out', '--to', '2025-11-30']);
  expect(nothing.code).toBe(1);
  expectSchema('scores', nothing.stdout);
  expect(JSON.parse(nothing.stdout)).toMatchObject({ symbol_days: 0, scores: [] });
  expect(nothing.stderr).toContain('type --from 2025-12-10 --to 2025-12-11\n');
  const refused: readonly (readonly [args: string[], message: string])[] = [
    [['patterns', '--out', 'raw', '--from', 'first'], '--from days in raw: found no manifest'],
    [['patterns', '--out', 'nowhere'], "--out root: found 'nowhere'"],
    [['scoreboard', ...range, '--pattern', 'whales'], "--pattern value: found 'whales'"],
    [['scoreboard', ...range, '--pattern', 'none'], "--pattern patterns: found 'none'"],
    [['patterns', ...range, '--symbols', 'AAUSDT'], "expected 'AAAUSDT'"],
  ];
  for (const [args, message] of refused) {
    const { code, stdout, stderr } = await workdir.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  }
});
