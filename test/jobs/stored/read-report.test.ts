/** The only reader of stored reports: found, absent and unreadable, and all of its callers. */
import { describe, expect, test } from 'vitest';
import { aggregateSymbolDay } from '../../../src/jobs/aggregate/aggregate-symbol-day.js';
import { checkKlines } from '../../../src/jobs/examine/check-klines.js';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import { inspectObject } from '../../../src/jobs/examine/inspect-object.js';
import type { NamedFile } from '../../../src/jobs/examine/read-named-file.js';
import { readListedReport, readPublishedReport } from '../../../src/jobs/stored/read-report.js';
import { barsName, qualityName } from '../../../src/core/stored/output-names.js';
import {
  aggregateOptions,
  SMALL_DAY,
  smallWorld,
  type SmallWorld,
} from '../../support/day/aggregating.js';
import { klinesOf, klineText } from '../../support/day/klines.js';
import { openMemoryStore } from '../../support/memory-store.js';

const SIGNS = { stream: undefined, columns: [], streamNames: defaultLayout.streamNames };
const NAME = qualityName(SMALL_DAY);

async function publishedWorld(): Promise<SmallWorld> {
  const world = smallWorld();
  const options = aggregateOptions({ resolutions: '1m' });
  expect((await aggregateSymbolDay(SMALL_DAY, options, world.effects)).outcome).toBe('published');
  return world;
}

/** Edits the report by hand, to another seed than the task found. */
function editByHand({ out }: SmallWorld): void {
  const edited = out.text(NAME).replace('"price": "99"', '"price": "98"');
  expect(edited).not.toBe(out.text(NAME));
  out.put(NAME, edited);
}

describe('a stored report', () => {
  test('is found, with the content that it was read from', async () => {
    const { effects, out } = await publishedWorld();
    const stored = await readPublishedReport(SMALL_DAY, effects);
    expect(stored).toMatchObject({ state: 'found', report: { status: 'complete' } });
    expect(stored.state === 'found' && effects.codec.decode(stored.content.bytes)).toBe(
      out.text(NAME),
    );
  });

  test('is absent where nothing is stored, and where a listing shows nothing', async () => {
    const absent = { state: 'absent', report: undefined };
    expect(await readPublishedReport(SMALL_DAY, smallWorld().effects)).toEqual(absent);
    const { effects } = await publishedWorld();
    expect(await readListedReport(SMALL_DAY, new Map(), effects)).toEqual(absent);
  });

  test.for(['', '{', '[]', '{"schema_version":1}'])('is unreadable as %j', async (text) => {
    const { out, effects } = smallWorld();
    out.put(NAME, text);
    const stored = await readPublishedReport(SMALL_DAY, effects);
    expect(stored).toMatchObject({ state: 'unreadable', report: undefined });
    expect(stored.state === 'unreadable' && stored.error.kind).toBe('data');
  });

  test('is unreadable once it was edited, and says both digests', async () => {
    const world = await publishedWorld();
    editByHand(world);
    const stored = await readPublishedReport(SMALL_DAY, world.effects);
    expect(stored.state === 'unreadable' && stored.error.message).toMatch(
      /found content with sha256 '[0-9a-f]{64}', expected '[0-9a-f]{64}', its content_sha256$/u,
    );
  });
});

/** The symbol's files in one folder, as a person names the first of them. */
function named({ out }: SmallWorld, name: string): NamedFile {
  const folder = `${SMALL_DAY.symbol}/`;
  const files = [NAME, barsName(SMALL_DAY, '1m')].map(
    (each) => [each.slice(folder.length), out.text(each)] as const,
  );
  const store = openMemoryStore({
    root: `out/${SMALL_DAY.symbol}`,
    files: Object.fromEntries(files),
  });
  return { uri: `out/${name}`, store, name: name.slice(folder.length) };
}

describe('a report that was edited by hand', () => {
  const bars = barsName(SMALL_DAY, '1m');

  test('says no seed of the bars beside it to inspect', async () => {
    const world = await publishedWorld();
    const inspect = async () => await inspectObject(named(world, bars), SIGNS, world.effects);
    expect(await inspect()).toMatchObject({ kind: 'bars', seed: 'quality report' });
    editByHand(world);
    expect(await inspect()).toMatchObject({ kind: 'bars', seed: 'first row' });
  });

  test('is refused by inspect', async () => {
    const world = await publishedWorld();
    const inspect = async () => await inspectObject(named(world, NAME), SIGNS, world.effects);
    expect(await inspect()).toMatchObject({ kind: 'quality' });
    editByHand(world);
    await expect(inspect()).rejects.toThrow(/quality report: found content with sha256/u);
  });

  test('bounds no minute for a check against klines, which says so', async () => {
    const world = await publishedWorld();
    const table = world.out.text(bars).trimEnd().split('\n');
    const text = klineText(klinesOf(table.map((line) => line.split(','))));
    const klines = openMemoryStore({ root: 'k', files: { 'k.csv': text } });
    const check = async () => {
      const request = {
        bars: [named(world, bars)],
        klines: [{ uri: 'k.csv', store: klines, name: 'k.csv' }],
        fromMs: undefined,
        toMs: undefined,
      };
      return await checkKlines(request, world.effects);
    };
    expect((await check()).bars).toMatchObject([{ report: 'out/BTCUSDT/2025-12-11_quality.json' }]);
    editByHand(world);
    const { bars: checked, notes } = await check();
    expect(checked).toMatchObject([{ report: null }]);
    expect(notes[0]).toMatch(/ignored the report beside it: .*found content with sha256/u);
  });
});
