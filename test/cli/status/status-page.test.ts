/** The calendar as a person sees it, and as a pipe gets it. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GLYPHS, glyphOf, gridLines } from '../../../src/cli/status/calendar-grid.js';
import {
  calendarLines,
  countsSentence,
  printCalendar,
} from '../../../src/cli/status/status-page.js';
import { textWidth } from '../../../src/cli/screen/text-width.js';
import type { Calendar } from '../../../src/core/calendar/calendar-shape.js';
import type { Terminal } from '../../../src/edge/process/terminal.js';
import {
  anyCalendar,
  calendarOf,
  calendarOfDays,
  statedDay,
} from '../../support/operate/calendars.js';

const plain: Terminal['paint'] = (_style, text) => text;
/** Colours as marks that a test can see and that count no width. */
const marked: Terminal['paint'] = (style, text) => `<${style}>${text}</>`;

/** Glyph and date of each cell by symbol, read off the drawing. */
function drawnCells(lines: readonly string[]): Map<string, string[]> {
  const cells = new Map<string, string[]>();
  let offset = 0;
  let digits = '';
  for (const [index, line] of lines.entries()) {
    const header = /^(symbol *|s\S* *|)(?=\d)([\d ]*\d)(?: {2,}covered +good)?$/u.exec(line);
    const isOnes = lines[index - 2] !== undefined && header !== null && lines[index - 1] !== '';
    if (isOnes && header[1] !== '' && header[1] !== undefined) {
      offset = header[1].length;
      digits = header[2] ?? '';
      continue;
    }
    const { name, rest } = splitCells(line, offset);
    if (offset === 0 || name === '' || rest === '') continue;
    const drawn = rest.slice(0, digits.length);
    const known = cells.get(name) ?? [];
    for (const [at, cell] of [...drawn].entries()) {
      expect(cell === ' ').toBe(digits[at] === ' ');
      if (cell !== ' ') known.push(`${cell}${digits[at] ?? ''}`);
    }
    cells.set(name, known);
  }
  return cells;
}

function splitCells(line: string, offset: number): { name: string; rest: string } {
  let name = '';
  for (const letter of line) {
    if (textWidth(name) >= offset) break;
    name += letter;
  }
  return { name: name.trim(), rest: line.slice(name.length) };
}

describe('the drawing', () => {
  test('has a row for each symbol, a cell for each day, and what is covered', () => {
    const calendar = calendarOf({ BTCUSDT: 'CCPpM·CC', 币安人生: 'CCCCFSUC' });
    expect(gridLines(calendar, 80, plain)).toEqual([
      '          11  2025-12',
      '          2 3                  not',
      'symbol    890 12345  covered  good',
      'BTCUSDT   ▇▇▄ PM·▇▇   78.50%     2',
      '币安人生  ▇▇▇ ▇FSU▇   62.50%     3',
    ]);
  });

  test('wraps into blocks of about one width, with the totals behind the last', () => {
    const calendar = calendarOf({ BTC: 'C'.repeat(33), ETH: `${'C'.repeat(30)}MMC` });
    expect(gridLines(calendar, 44, plain)).toEqual([
      '        11  2025-12',
      '        2 3          1',
      'symbol  890 12345678901234',
      'BTC     ▇▇▇ ▇▇▇▇▇▇▇▇▇▇▇▇▇▇',
      'ETH     ▇▇▇ ▇▇▇▇▇▇▇▇▇▇▇▇▇▇',
      '',
      '        2025-12',
      '        1    2         3            not',
      'symbol  5678901234567890  covered  good',
      'BTC     ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  100.00%',
      'ETH     ▇▇▇▇▇▇▇▇▇▇▇▇▇MM▇   93.93%     2',
    ]);
  });

  test('repeats its header, so that one is in sight', () => {
    const rows = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`S${index}`, 'CM']));
    const lines = gridLines(calendarOf(rows), 80, plain);
    expect(lines.filter((line) => line.startsWith('symbol'))).toHaveLength(3);
    expect(lines).toHaveLength(109);
  });

  test('is clear from its glyphs alone', () => {
    expect(new Set(GLYPHS.map(({ text }) => text)).size).toBe(GLYPHS.length);
    expect(GLYPHS.map(({ text }) => textWidth(text))).toEqual(GLYPHS.map(() => 1));
    expect(gridLines(calendarOf({ A: 'CF' }), 80, marked).at(-1)).toContain('<green>▇</><red>F</>');
  });

  test('gives the states back to who reads its cells', () => {
    let cells = 0;
    fc.assert(
      fc.property(anyCalendar(), fc.integer({ min: 60, max: 200 }), (calendar, columns) => {
        const drawn = [...drawnCells(gridLines(calendar, columns, plain)).values()];
        const expected = calendar.symbols.map(({ days }) =>
          days.map((day) => glyphOf(day).text + day.date.slice(-1)),
        );
        expect(drawn).toEqual(expected);
        cells += expected.flat().length;
      }),
    );
    expect(cells).toBeGreaterThan(5_000);
  });
});

function stepsOf(rows: Readonly<Record<string, string>>, out: string): string[] {
  const lines = calendarLines(calendarOf(rows, { out }), 120, plain);
  return lines.slice(lines.indexOf('next steps') + 1, -1);
}

describe('the page', () => {
  test('has no line wider than the terminal', () => {
    let lines = 0;
    fc.assert(
      fc.property(anyCalendar(), fc.integer({ min: 12, max: 200 }), (calendar, columns) => {
        const page = calendarLines(calendar, columns, plain);
        expect(page.filter((line) => textWidth(line) > columns)).toEqual([]);
        lines += page.length;
      }),
    );
    expect(lines).toBeGreaterThan(1_000);
  });

  test('has a legend of what occurs, the reasons and the next steps', () => {
    const rows = { BTCUSDT: 'CCpMM', ETHUSDT: 'CCCCC', XRPUSDT: 'CFCCC' };
    const calendar = calendarOf(rows, { out: 'gs://b/out' });
    expect(calendarLines(calendar, 100, plain).slice(7)).toEqual([
      '▇ 11 complete   P 1 partial, coverage below 99%   M 2 missing or never recorded (see --live)',
      'F 1 failed',
      '',
      'XRPUSDT  2025-11-29           failed   it is failed',
      'BTCUSDT  2025-12-01 to 12-02  missing  it is missing',
      'BTCUSDT  2025-11-30           partial  covered 50%; it is partial',
      '',
      'next steps',
      '  flowbars rerun --symbol XRPUSDT --date 2025-11-29  # failed',
      '  flowbars backfill --from 2025-12-01 --to 2025-12-02 --symbols BTCUSDT  # 2 symbol-days missing',
      '',
    ]);
  });

  test('says of what is good whether its raw objects are gone', () => {
    const days = [statedDay('complete'), { ...statedDay('complete'), gone_objects: 3 }];
    const calendar = calendarOfDays([{ symbol: 'BTCUSDT', days }], { live: true });
    expect(calendar.good).toBe(true);
    expect(calendarLines(calendar, 100, plain).slice(-3)).toEqual([
      '1 symbol-day published from raw objects that are gone (BTCUSDT 2025-11-29: 3): a new run would',
      'publish less, or fail',
      '',
    ]);
  });

  test('of a folder, which has no workflow, recommends runs of this machine', () => {
    expect(stepsOf({ BTCUSDT: 'FMM', ETHUSDT: 'CSC' }, 'bars')).toEqual([
      '  flowbars run --raw RAW --out bars --symbols BTCUSDT --from 2025-11-28  # failed',
      '  flowbars repair --raw RAW --out bars --from 2025-11-28 --to 2025-11-29 --symbols ETHUSDT  # 1 symbol-day stale',
      '  flowbars run --raw RAW --out bars --from 2025-11-29 --to 2025-11-30 --symbols BTCUSDT  # 2 symbol-days missing',
    ]);
    expect(stepsOf({ BTCUSDT: 'M' }, 'bars')).toEqual([
      '  flowbars run --raw RAW --out bars --from 2025-11-28 --to 2025-11-28 --symbols all  # 1 symbol-day missing',
    ]);
    expect(stepsOf({ BTCUSDT: 'M' }, 'gs://b/bars')).toEqual([
      '  flowbars backfill --from 2025-11-28 --to 2025-11-28  # 1 symbol-day missing',
    ]);
    expect(stepsOf({ BTCUSDT: 'S' }, 'gs://b/bars')).toEqual([
      '  flowbars repair --from 2025-11-27 --to 2025-11-28  # 1 symbol-day stale',
    ]);
  });

  test('folds a reason below its head and a command over lines where there is little room', () => {
    const day = { ...statedDay('missing'), detail: 'a reason of some length, longer than a line' };
    const calendar = calendarOfDays(
      [
        { symbol: 'BTCUSDT', days: [day] },
        { symbol: 'ETHUSDT', days: [statedDay('complete')] },
      ],
      { out: 'gs://b/out' },
    );
    expect(calendarLines(calendar, 40, plain).slice(8)).toEqual([
      '',
      'BTCUSDT  2025-11-28  missing',
      '  a reason of some length, longer than a',
      '  line',
      '',
      'next steps',
      '  flowbars backfill --from \\',
      '    2025-11-28 --to 2025-11-28 \\',
      '    --symbols BTCUSDT',
      '    # 1 symbol-day missing',
      '',
    ]);
  });

  test('names the first twenty stretches, and says how many more there are', () => {
    const rows = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`S${index}`, index === 0 ? 'C' : 'M']),
    );
    const lines = calendarLines(calendarOf(rows), 100, plain);
    expect(lines.filter((line) => line.includes('it is missing'))).toHaveLength(20);
    expect(lines).toContain('… and 4 more, --json shows all');
  });

  test('of an unreadable manifest says what to remove, with symbols and without', () => {
    const unreadable = { unreadable: ['2025-11-28'] };
    const known = calendarLines(calendarOf({ A: 'U', B: 'U' }, unreadable), 100, plain);
    expect(known).toContain('all 2 symbols  2025-11-28  unreadable  it is unreadable');
    expect(known).toContain(
      '  rm out/_manifest/2025-11-28.json  # unreadable; the next run writes a new one',
    );
    expect(calendarLines(calendarOf({}, unreadable), 100, plain)).toEqual([
      '2025-11-28  manifest: found nothing of the kind',
      '',
      'next steps',
      '  rm out/_manifest/2025-11-28.json  # unreadable; the next run writes a new one',
      '',
    ]);
    expect(countsSentence(calendarOf({}, unreadable))).toBe(
      'no symbol known, 1 unreadable manifest; out, 2025-11-28 to 2025-11-28',
    );
  });
});

describe('a calendar is printed', () => {
  const calendar = calendarOf({ BTCUSDT: 'CM' }, { live: true });
  const CLOSING =
    'not good (exit code 1): 1 of 2 symbol-days good, 1 missing; ' +
    'out, 2025-11-28 to 2025-11-29, compared with the raw root';

  function printed(isTty: { stdout: boolean; stderr: boolean }, wantsJson: boolean) {
    const shown = { stdout: '', stderr: '' };
    const terminal = (name: 'stdout' | 'stderr'): Terminal => ({
      isTty: isTty[name],
      columns: () => 100,
      rows: () => 24,
      write: (text) => {
        shown[name] += text;
      },
      paint: plain,
      redraw: () => undefined,
    });
    const world = { stdout: terminal('stdout'), stderr: terminal('stderr') };
    printCalendar(calendar, 1, wantsJson ? 'json' : undefined, world);
    return shown;
  }

  test('on a terminal as a page, its closing line folded', () => {
    const { stdout, stderr } = printed({ stdout: true, stderr: true }, false);
    expect(stdout).toBe(
      [
        ...calendarLines(calendar, 100, plain),
        CLOSING.replace(' compared', '\n  compared'),
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('');
  });

  test('in a pipe as a document, with the closing line beside it', () => {
    const { stdout, stderr } = printed({ stdout: false, stderr: false }, false);
    expect(JSON.parse(stdout) as Calendar).toEqual(calendar);
    expect(stderr).toBe(`${CLOSING}\n`);
  });

  test('with --json as a document, and as a page for the person who looks on', () => {
    const { stdout, stderr } = printed({ stdout: true, stderr: true }, true);
    expect(JSON.parse(stdout) as Calendar).toEqual(calendar);
    expect(stderr).toContain('BTCUSDT  ▇M');
  });
});
