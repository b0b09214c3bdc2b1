/** A site in memory: what is written, what is not written again, and where its links lead. */
import { describe, expect, test } from 'vitest';
import { SITE_SYMBOL_DAYS_MAX } from '../../../src/core/site/calendar-page.js';
import { utcDate, type UtcDate } from '../../../src/core/unit/utc-date.js';
import { calendarOf } from '../../support/operate/calendars.js';
import { fail, published } from '../../support/operate/reading-calendars.js';
import { DATES } from '../../support/operate/repairing.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { brokenLinks, hrefsOf, textOf } from '../../support/site/read-page.js';
import { siteWorld, write } from '../../support/site/writing-site.js';

const [BEFORE = '', DAY = ''] = DATES;
const PAGES = [`BTCUSDT/${BEFORE}.html`, `BTCUSDT/${DAY}.html`];
const FILES = ['BTCUSDT/_pages.json', 'BTCUSDT/index.html', 'index.html'];
const EXPECTED = [...PAGES, ...FILES].toSorted();

function nobody(): Set<UtcDate> {
  return new Set();
}

function only(date: string) {
  return () => new Set([utcDate(date, 'test')]);
}

describe('a site', () => {
  test('has an index, a page of each symbol, and one of each day with bars', async () => {
    const world = siteWorld(await published());
    const { written, calendar } = await write(world);
    expect(world.site.names()).toEqual(EXPECTED);
    expect(written).toMatchObject({
      good: true,
      calendar_good: calendar.good,
      written: 2,
      failed: 0,
      symbols: 1,
      symbol_days: 3,
    });
    // Nothing was recorded on the third day, so there is nothing to draw.
    expect(written.pages.map(({ date, outcome }) => [date, outcome])).toEqual([
      [BEFORE, 'written'],
      [DAY, 'written'],
      [DATES[2], 'none'],
    ]);
    expect(world.site.written.at(-1)).toBe('index.html');
  });

  test('leads nowhere but to what is there', async () => {
    const world = siteWorld(await published());
    await write(world);
    const [site, out] = [world.site.names(), world.out.names()];
    const pages = site.filter((name) => name.endsWith('.html')).map((name) => `site/${name}`);
    const { broken, seen } = brokenLinks(pages, (name) => {
      const below = name.slice(name.indexOf('/') + 1);
      if (name.startsWith('out/')) return out.includes(below) ? world.out.text(below) : undefined;
      return site.includes(below) ? world.site.text(below) : undefined;
    });
    expect(broken).toEqual([]);
    expect(seen).toBeGreaterThan(15);
  });

  test('is the same when it is written again, and no page is made again', async () => {
    const world = siteWorld(await published());
    await write(world);
    const before = [...world.site.written];
    const { written } = await write(world);
    expect(world.site.written).toEqual(before);
    expect(world.made).toHaveLength(2);
    expect(written).toMatchObject({ written: 0, unchanged: 2, other_written: 0 });
  });

  test('tells of each day its state, its findings and its files', async () => {
    const world = siteWorld(await published());
    fail(world, DAY);
    await write(world);
    const page = textOf(world.site.text('BTCUSDT/index.html'));
    expect(page).toContain(`${DAY} failed 100%`);
    expect(page).toContain('run r9 ended as failed');
    expect(page).toMatch(/6h\.csv quality\.json/u);
    expect(textOf(world.site.text('index.html'))).toContain(`BTCUSDT ${DAY} failed 100% run r9`);
  });
});

describe('a page is made again', () => {
  test('where what is published has changed, and nowhere else', async () => {
    const world = siteWorld(await published());
    await write(world);
    const name = `_manifest/${DAY}.json`;
    world.out.put(name, world.out.text(name).replace('"coverage": 1', '"coverage": 0.5'));
    world.made.length = 0;
    const { written } = await write(world);
    expect(world.made).toEqual([`BTCUSDT ${DAY}`]);
    expect(written.pages[0]).toMatchObject({ date: BEFORE, outcome: 'unchanged' });
  });

  test('by another version of the program', async () => {
    const world = siteWorld(await published());
    await write(world);
    world.made.length = 0;
    await write(world, { program: '2' });
    expect(world.made).toHaveLength(2);
  });

  test('where it is gone, or has another size', async () => {
    const world = siteWorld(await published());
    await write(world);
    world.site.remove(PAGES[0] ?? '');
    world.site.put(PAGES[1] ?? '', 'other');
    world.made.length = 0;
    await write(world);
    expect(world.made).toHaveLength(2);
    expect(world.site.text(PAGES[1] ?? '')).toContain(DAY);
  });

  test.for(['no JSON', '{"pages":[]}'])('where its record is unreadable: %s', async (text) => {
    const world = siteWorld(await published());
    await write(world);
    world.site.put('BTCUSDT/_pages.json', text);
    const { written } = await write(world);
    expect(world.made).toHaveLength(4);
    expect(written).toMatchObject({ written: 0, unchanged: 2, other_written: 1 });
  });
});

test('a day whose manifest cannot be read leaves a site that is not good', async () => {
  const world = siteWorld(await published());
  world.out.put(`_manifest/${DAY}.json`, '{');
  const { written } = await write(world);
  expect(written).toMatchObject({ good: false, failed: 0, unreadable_manifests: [DAY] });
  expect(world.made).toEqual([`BTCUSDT ${BEFORE}`]);
});

describe('of the days that are asked for', () => {
  test('pages are made, others keep theirs, and the index knows both', async () => {
    const world = siteWorld(await published());
    await write(world, { wanted: only(BEFORE) });
    expect(world.made).toEqual([`BTCUSDT ${BEFORE}`]);
    expect(hrefsOf(world.site.text('index.html'))).toContain(`BTCUSDT/index.html#${DAY}`);
    await write(world, { wanted: only(DAY) });
    expect(world.made).toEqual([`BTCUSDT ${BEFORE}`, `BTCUSDT ${DAY}`]);
    expect(hrefsOf(world.site.text('index.html'))).toEqual(expect.arrayContaining(PAGES));
  });

  test('one that cannot be drawn is told, and keeps no link to an older page', async () => {
    const world = siteWorld(await published());
    await write(world);
    world.undrawable.add(`BTCUSDT ${DAY}`);
    const { written } = await write(world, { program: '2' });
    expect(written).toMatchObject({ good: false, unchanged: 1, failed: 1 });
    expect(written.pages[1]).toMatchObject({ outcome: 'failed', name: null });
    expect(textOf(world.site.text('BTCUSDT/index.html'))).toContain(
      `no page: ${DAY}_1s.csv sha256`,
    );
    expect(hrefsOf(world.site.text('index.html'))).not.toContain(PAGES[1]);
  });

  test('pages of other days are made up for, as many as may be', async () => {
    const world = siteWorld(await published());
    await write(world, { wanted: nobody, spareMax: 1 });
    expect(world.made).toEqual([`BTCUSDT ${BEFORE}`]);
    const { written } = await write(world, { wanted: nobody, spareMax: 5 });
    expect(world.made).toEqual([`BTCUSDT ${BEFORE}`, `BTCUSDT ${DAY}`]);
    expect(written.pages.map(({ date, outcome }) => [date, outcome])).toEqual([[DAY, 'written']]);
    expect(hrefsOf(world.site.text('index.html'))).toEqual(expect.arrayContaining(PAGES));
  });

  test('progress counts each', async () => {
    const world = siteWorld(await published());
    const seen: string[] = [];
    await write(world, { onDone: (done, total) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(['1/3', '2/3', '3/3']);
  });
});

describe('a root that holds something else', () => {
  test.for([
    ['index.html', '<p>mine</p>', 'whose index.html is another page'],
    [
      'BTCUSDT/trades/2025-12-10/00-00.csv',
      '1',
      'which holds other things, such as BTCUSDT/trades',
    ],
    ['trades/2025-12-10/00-00.csv', '1', 'which holds other things, such as trades/2025-12-10'],
  ])('is refused with a file %s', async ([name = '', text = '', found]) => {
    const world = siteWorld(await published());
    world.site.put(name, text);
    await expect(write(world)).rejects.toThrow(`--site root: found 'site', ${found}`);
    expect(world.site.names()).toEqual([name]);
    expect(world.made).toEqual([]);
  });
});

describe('a store', () => {
  test('that fails ends the work with its error, and the index is not written', async () => {
    const site = openMemoryStore({
      before: (operation, name) => {
        if (operation === 'write' && name.endsWith('index.html'))
          throw new Error('storage is gone');
      },
    });
    const world = siteWorld(await published(), site);
    await expect(write(world)).rejects.toThrow('storage is gone');
    expect(site.names()).toEqual([
      'BTCUSDT/2025-12-10.html',
      'BTCUSDT/2025-12-11.html',
      'BTCUSDT/_pages.json',
    ]);
  });

  test('that does not exist yet is made by the first page', async () => {
    const world = siteWorld(await published(), openMemoryStore({ missing: true, isFolder: true }));
    await write(world);
    expect(world.site.names()).toEqual(EXPECTED);
  });

  test('another writer of the record keeps what it wrote', async () => {
    const world = siteWorld(await published());
    const other = '{"date":"2024-01-01","bytes":1,"source":"' + 'a'.repeat(64) + '"}';
    await write(world);
    const name = 'BTCUSDT/_pages.json';
    world.site.put(name, world.site.text(name).replace('"pages": [', `"pages": [${other},`));
    await write(world, { program: '2' });
    expect(world.site.text(name)).toContain('2024-01-01');
  });
});

test('a calendar that is too large for a page is refused before anything is written', async () => {
  const world = siteWorld(await published());
  const calendar = { ...calendarOf({ BTCUSDT: 'C' }), symbol_days: SITE_SYMBOL_DAYS_MAX + 1 };
  await expect(write(world, { calendar })).rejects.toThrow(`at most ${SITE_SYMBOL_DAYS_MAX}`);
  expect(world.site.names()).toEqual([]);
});
