import { describe, expect, test } from 'vitest';
import { LivePage } from '../../../src/cli/record/live-page.js';
import type { SessionFigures } from '../../../src/jobs/record/record-session.js';
import { madeFigures, madeStream, NOW_US } from '../../support/record/made-figures.js';

const plain = (_style: string, text: string): string => text;

function linesOf(page: LivePage, columns = 120, rows = 24): string[] {
  return page.lines(0, columns, rows, plain);
}

describe('the live page of a recorder', () => {
  test('says that it starts, then how it goes, symbol by symbol', () => {
    const page = new LivePage();
    expect(linesOf(page)).toEqual(['starting …']);
    const depth = madeStream('BTCUSDT', { stream: 'depth', rows: 50, lagUs: 12_000 });
    page.show(() => madeFigures([madeStream('BTCUSDT'), depth]));
    expect(linesOf(page)).toEqual([
      '1 of 1 lines deliver, 100 rows, 0 a second, for 1m 30s',
      'spool 1.2 MB, 4 files wait, 12 stored, as r-1',
      'symbol   trades/s  last trade  books/s  last book        lag  last upload',
      '───────  ────────  ──────────  ───────  ─────────  ─────────  ───────────',
      'BTCUSDT       0.0   0.1 s ago      0.0  0.1 s ago      45 ms   30.0 s ago',
    ]);
    page.show(() => ({ ...madeFigures([depth]), isStopping: true }));
    expect(linesOf(page)[0]).toMatch(/^stopping: 4 files wait; a second signal ends it at once/u);
  });

  test('counts rows a second over the last seconds', () => {
    const page = new LivePage();
    let figures: SessionFigures = madeFigures([madeStream('BTCUSDT')]);
    page.show(() => figures);
    linesOf(page);
    const later = madeFigures([madeStream('BTCUSDT', { rows: 150 })], { spool: { rows: 160 } });
    figures = { ...later, nowUs: NOW_US + 2_000_000 };
    // Within a second it stays as it is.
    expect(linesOf(page)[0]).toContain('100 rows');
    const lines = page.lines(2_000, 120, 24, plain);
    expect(lines[0]).toContain('160 rows, 30 a second');
    expect(lines[4]).toMatch(/^BTCUSDT +25\.0 /u);
  });

  test('fits its place, with symbols that say nothing first', () => {
    const page = new LivePage();
    const streams = Array.from({ length: 40 }, (_, index) =>
      madeStream(
        `S${index}USDT`,
        index === 33 ? { stream: 'depth', lastFrameUs: undefined, lagUs: undefined } : {},
      ),
    );
    page.show(() => madeFigures(streams, { spool: { isFailing: true } }));
    const lines = linesOf(page, 60, 12);
    expect(lines).toHaveLength(11);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines[1]).toContain('spool 1.2 MB, 4 files wait, uploads fail, tried again');
    expect(lines[4]).toMatch(/^S33USDT +– +– +0\.0 +– /u);
    expect(lines.at(-1)).toBe('and 34 more');
  });
});
