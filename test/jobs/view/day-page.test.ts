/** The page of a day from what is published of it: what it holds, and what it says of what is not there. */
import { describe, expect, test } from 'vitest';
import { parseResolutions } from '../../../src/core/unit/resolution.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import type { PageKit } from '../../../src/jobs/ports.js';
import {
  dayPage,
  makeDayPage,
  VIEW_DAYS_MAX,
  VIEW_FINE_DAYS_MAX,
} from '../../../src/jobs/view/day-page.js';
import type { PageSite } from '../../../src/core/view/view-page.js';
import { readRows, type RowTable } from '../../../src/page/row/packed-rows.js';
import { type PatternDay, publishPatterns } from '../../support/day/pattern-days.js';
import { type MemoryStore, openMemoryStore } from '../../support/memory-store.js';
import { dayTexts, randomWalk } from '../../core/pattern/made-day.js';

const SYMBOL = symbolName('AAAUSDT', 'test');
const DATE = utcDate('2025-12-11', 'test');
/** Without gzip: what is packed is what is on the page. */
const kit: PageKit = {
  pack: async (bytes) => await Promise.resolve(Buffer.from(bytes).toString('base64')),
  modules: async () => await Promise.resolve(new Map([['#page/day', 'export {};']])),
};
const WALK = randomWalk({ seed: 'view' });

function published(...days: readonly Partial<PatternDay>[]): MemoryStore {
  const out = openMemoryStore();
  publishPatterns(
    out,
    days.map((day) => ({ symbol: SYMBOL, date: DATE, texts: WALK, ...day })),
  );
  return out;
}

function effectsOf(out: MemoryStore) {
  return { out, codec, tables: csvTables, kit };
}

async function pageText(out: MemoryStore, site?: PageSite): Promise<string> {
  return codec.decode(await dayPage({ symbol: SYMBOL, dates: [DATE], site }, effectsOf(out)));
}

function rowsOf(text: string, id: string): RowTable {
  const [, packed = ''] =
    new RegExp(`<script type="text/plain" id="${id}">([^<]*)<`, 'u').exec(text) ?? [];
  return readRows(new Uint8Array(Buffer.from(packed.trim(), 'base64')));
}

function firstDays(count: number) {
  return Array.from({ length: count }, (_, day) => addDays(DATE, day));
}

describe('the page of a day', () => {
  test('holds every cell of both files, its events and its scoreboard', async () => {
    const text = await pageText(published({}));
    const table = rowsOf(text, `rows-${DATE}-1s`);
    for (const file of [WALK.bars, WALK.signals]) {
      const [header = '', ...lines] = file.trimEnd().split('\n');
      const names = header.split(',').slice(1);
      expect(names.length).toBeGreaterThan(10);
      for (const row of [0, 1, 4_711, 43_200, 86_399]) {
        const cells = names.map((name) => table.column(name)?.text(row));
        expect(cells).toEqual(lines[row]?.split(',').slice(1));
      }
    }
    expect(text).toContain('"pattern":"absorption"');
    expect(text).toContain('no evidence beyond its control');
    expect(text).toContain(`AAAUSDT/${DATE}_1s_signals.csv`);
  });

  test('has the same bytes each time, and links to where it is asked to', async () => {
    const out = published({});
    const text = await pageText(out);
    expect(await pageText(out)).toBe(text);
    expect(text).not.toContain('all days');
    expect(text).not.toContain('.csv"');
    const linked = await pageText(out, {
      home: 'index.html',
      previous: { date: '2025-12-10', href: '2025-12-10.html' },
      next: { date: '2025-12-12', href: 'index.html#2025-12-12' },
      fileLink: (name) => `../../out/${name}`,
    });
    expect(linked).toContain('<a href="index.html">all days</a>');
    expect(linked).toContain('<a href="2025-12-10.html" rel="prev">‹ 2025-12-10</a>');
    expect(linked).toContain('<a href="index.html#2025-12-12" rel="next">2025-12-12 ›</a>');
    expect(linked).toContain(`<a href="../../out/AAAUSDT/${DATE}_1s.csv"><code>`);
  });

  test('of bars alone has the panes of bars, and says what the others need', async () => {
    const text = await pageText(published({ kinds: ['bars'] }));
    expect(text).toContain('No pane of depth of 20 levels: it needs');
    expect(text).toContain('No patterns are published of this day.');
    expect(text).toContain('"name":"volume by aggressor"');
    expect(text).not.toContain('"name":"depth of 20 levels"');
    expect(text).not.toContain('data-column="cvd"');
  });

  test('of an empty day says so, and draws nothing', async () => {
    const text = await pageText(published({ status: 'empty' }));
    expect(text).toContain('Nothing was recorded');
    expect(text).not.toContain('id="chart"');
  });

  test('of a day without a trade draws its minutes all the same', async () => {
    const text = await pageText(
      published({ texts: dayTexts(() => undefined), kinds: ['bars', 'signals'] }),
    );
    expect(text).toContain('id="chart"');
    expect(rowsOf(text, `rows-${DATE}-1s`).rows).toBe(86_400);
  });

  test('of several days has them all, and names those that are not published', async () => {
    const next = addDays(DATE, 1);
    const out = published({}, { date: next, status: 'empty' });
    const dates = [DATE, next, addDays(DATE, 2)];
    const made = await makeDayPage({ symbol: SYMBOL, dates }, effectsOf(out));
    expect(made.dates).toEqual([DATE, next]);
    expect(made.unpublished).toEqual(['2025-12-13']);
    expect(made.resolutions).toEqual(['1s']);
    expect(made.rows).toBe(86_400);
    expect(codec.decode(made.bytes)).toContain('Nothing is published of 2025-12-13.');
  });
});

describe('refused is', () => {
  test('a day of which nothing is published', async () => {
    const request = { symbol: SYMBOL, dates: [addDays(DATE, 1)] };
    await expect(dayPage(request, effectsOf(published({})))).rejects.toThrow(
      /AAAUSDT 2025-12-12: found no published day/u,
    );
  });

  test('a symbol that no manifest names', async () => {
    const request = { symbol: symbolName('BBBUSDT', 'test'), dates: [DATE] };
    await expect(dayPage(request, effectsOf(published({})))).rejects.toThrow(/BBBUSDT/u);
  });

  test('a resolution that is not published', async () => {
    const request = { symbol: SYMBOL, dates: [DATE], resolutions: parseResolutions('5m', 'test') };
    await expect(dayPage(request, effectsOf(published({})))).rejects.toThrow(
      "--resolutions resolution: found '5m', expected one that is published: 1s",
    );
  });

  test.each(['_1s.csv', '_1s_signals.csv', '_patterns.csv', '_scoreboard.json', '_quality.json'])(
    'a file %s that is not the listed one, or is gone',
    async (end) => {
      const out = published({});
      const name = `${SYMBOL}/${DATE}${end}`;
      const text = out.text(name);
      out.put(name, text.replace('5', '6'));
      await expect(pageText(out)).rejects.toThrow(name);
      out.remove(name);
      await expect(pageText(out)).rejects.toThrow(`${name} file: found nothing`);
    },
  );

  test('more days than a page may have, fewer with seconds', async () => {
    const out = published({ kinds: ['bars'] });
    const many = { symbol: SYMBOL, dates: firstDays(VIEW_DAYS_MAX + 1) };
    await expect(dayPage(many, effectsOf(out))).rejects.toThrow(`at most ${VIEW_DAYS_MAX}`);
    const fine = firstDays(VIEW_FINE_DAYS_MAX + 1);
    const store = published(...fine.map((date) => ({ date, kinds: ['bars'] as const })));
    await expect(dayPage({ symbol: SYMBOL, dates: fine }, effectsOf(store))).rejects.toThrow(
      `at most ${VIEW_FINE_DAYS_MAX}`,
    );
  });
});
