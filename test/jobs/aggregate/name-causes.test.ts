/** Sidecars of recorders in the life of a symbol-day: read where there is an outage, listed, compared, and never a failure. */
import { describe, expect, test } from 'vitest';
import { barsName, qualityName } from '../../../src/core/stored/output-names.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { SIDECAR_BYTES_MAX } from '../../../src/core/sidecar/wanted-sidecars.js';
import { isDictionary } from '../../../src/core/unit/json.js';
import { aggregateSymbolDay } from '../../../src/jobs/aggregate/aggregate-symbol-day.js';
import { compareWithRaw } from '../../../src/jobs/look/compare-with-raw.js';
import { readPublishedReport } from '../../../src/jobs/stored/read-report.js';
import { unpublishedRules } from '../../../src/core/stale/published-rules.js';
import {
  aggregateOptions,
  SMALL_DAY,
  smallWorld,
  type SmallWorld,
} from '../../support/day/aggregating.js';
import { madeSidecar, sidecarFile } from '../../support/recorder/made-sidecar.js';

const QUALITY = qualityName(SMALL_DAY);
const BARS = barsName(SMALL_DAY, '6h');
const LINES = [{ stream: 'trades', symbols: ['BTCUSDT', 'ETHUSDT'] }] as const;

/** From 10:00 on chunk minutes are lost: an outage. */
const RULES = { sparseTrades: false } as const;
const DOWN = sidecarFile(
  madeSidecar({ from: '2025-12-11T12:00:00.000Z', to: '2025-12-11T12:00:30.000Z', lines: LINES }),
);

let runs = 0;

/** As a run of its own. */
async function aggregate({ effects }: SmallWorld): Promise<RunRecord> {
  runs += 1;
  return await aggregateSymbolDay(
    SMALL_DAY,
    aggregateOptions({ rules: RULES, runId: `r${runs}` }),
    effects,
  );
}

function reportOf({ out }: SmallWorld): Readonly<Record<string, unknown>> {
  const report: unknown = JSON.parse(out.text(QUALITY) ?? '');
  if (!isDictionary(report)) throw new Error('no report');
  return report;
}

async function changeOf({ effects }: SmallWorld): Promise<string | undefined> {
  const entry = { files: [{ kind: 'quality', format: 'json', resolution: null }] } as const;
  const comparing = { rules: unpublishedRules(), dataset: undefined };
  const { change } = await compareWithRaw(SMALL_DAY, entry, comparing, effects);
  return change?.cause === 'manifest' ? undefined : change?.detail;
}

test('a day with outages and without sidecars has no causes, and one listing more', async () => {
  const world = smallWorld();
  await aggregate(world);
  const report = reportOf(world);
  expect(report['outages']).not.toEqual([]);
  expect(report).toMatchObject({
    sidecars: [],
    outages: [{ cause: null, causes: [] }],
  });
});

describe('a sidecar of the hours of an outage', () => {
  test('names the cause in the report and in its finding, and is listed with its checksum', async () => {
    const world = smallWorld();
    await world.raw.write(DOWN[0], new TextEncoder().encode(DOWN[1]), 'nothing');
    const record = await aggregate(world);
    const report = reportOf(world);
    expect(report['sidecars']).toMatchObject([{ name: DOWN[0], size: DOWN[1].length }]);
    expect(JSON.stringify(report['outages'])).toContain('"cause":"recorder_down"');
    expect(record.findings.find(({ code }) => code === 'outage')?.detail).toMatch(
      /^trades_missing \(recorder_down\) for /u,
    );
  });

  test('that arrives late makes the report stale, and it alone is written again', async () => {
    const world = smallWorld();
    await aggregate(world);
    const bars = world.out.text(BARS);
    expect(await changeOf(world)).toBeUndefined();
    expect((await aggregate(world)).outcome).toBe('unchanged');
    await world.raw.write(DOWN[0], new TextEncoder().encode(DOWN[1]), 'nothing');
    expect(await changeOf(world)).toBe(`1 object added (${DOWN[0]})`);
    const before = world.out.written.length;
    expect((await aggregate(world)).outcome).toBe('published');
    const written = world.out.written
      .slice(before)
      .filter((name) => !name.startsWith('_manifest/'));
    expect(written).toEqual([QUALITY]);
    expect(world.out.text(BARS)).toBe(bars);
    expect((await aggregate(world)).outcome).toBe('unchanged');
    expect(await changeOf(world)).toBeUndefined();
  });

  test('that arrives after chunks of the published day are gone does not make it stale', async () => {
    const world = smallWorld();
    await aggregate(world);
    const { report } = await readPublishedReport(SMALL_DAY, world.effects);
    world.raw.remove(report?.inputs[0]?.name ?? '');
    const change = await changeOf(world);
    expect(change).toMatch(/^1 object removed /u);
    await world.raw.write(DOWN[0], new TextEncoder().encode(DOWN[1]), 'nothing');
    expect(await changeOf(world)).toBe(change);
  });

  test('that is gone again changes nothing', async () => {
    const world = smallWorld();
    await world.raw.write(DOWN[0], new TextEncoder().encode(DOWN[1]), 'nothing');
    await aggregate(world);
    world.raw.remove(DOWN[0]);
    expect((await aggregate(world)).outcome).toBe('unchanged');
    expect(await changeOf(world)).toBeUndefined();
  });
});

test.for<[string, string, string]>([
  ['no JSON', 'oops', "found 'oops'"],
  ['another shape', '{"sidecar_version": 1}', 'found'],
  [
    'another version',
    DOWN[1].replace('"sidecar_version":1', '"sidecar_version":2'),
    'sidecar_version 2',
  ],
  ['too many bytes', ' '.repeat(SIDECAR_BYTES_MAX + 1), `at most ${SIDECAR_BYTES_MAX}`],
])('a sidecar with %s is a finding and no failure', async ([, text, said]) => {
  const world = smallWorld();
  await world.raw.write(DOWN[0], new TextEncoder().encode(text), 'nothing');
  const record = await aggregate(world);
  expect(record.outcome).toBe('published');
  const found = record.findings.find(({ code }) => code === 'sidecar_unreadable');
  expect(found).toMatchObject({ severity: 'warning', where: DOWN[0] });
  expect(found?.detail).toContain(said);
  // The same bytes make the same report.
  expect((await aggregate(world)).outcome).toBe('unchanged');
});

test('the first hour of the next day is read for an outage that ends at midnight', async () => {
  const world = smallWorld();
  const [name, text] = sidecarFile(
    madeSidecar({ from: '2025-12-12T00:00:00.000Z', to: '2025-12-12T01:00:00.000Z', lines: LINES }),
  );
  await world.raw.write(name, new TextEncoder().encode(text), 'nothing');
  await aggregate(world);
  expect(reportOf(world)).toMatchObject({ sidecars: [{ name }] });
  const { report } = await readPublishedReport(SMALL_DAY, world.effects);
  expect(report?.outages.at(-1)?.to).toBe('2025-12-12T00:00:00.000Z');
  expect((await aggregate(world)).outcome).toBe('unchanged');
});

test('hours of which only an unread sidecar could tell have no cause beside hours that are told', async () => {
  const world = smallWorld();
  const newer = DOWN[1].replace('"sidecar_version":1', '"sidecar_version":2');
  for (const [hour, text] of [
    ['12', DOWN[1]],
    ['13', newer],
    ['14', newer],
  ] as const) {
    const name = DOWN[0].replace('/12_', `/${hour}_`);
    await world.raw.write(name, new TextEncoder().encode(text), 'nothing');
  }
  await aggregate(world);
  const { report } = await readPublishedReport(SMALL_DAY, world.effects);
  const [outage] = report?.outages ?? [];
  const down = outage?.causes.find(({ cause }) => cause === 'recorder_down');
  // Two hours, and a minute of the clocks on both sides.
  expect(outage?.seconds).toBeGreaterThan(10 * 3_600);
  const told = outage?.causes.reduce((sum, { seconds }) => sum + seconds, 0) ?? 0;
  expect((outage?.seconds ?? 0) - told).toBe(2 * 3_600 + 2 * 60);
  expect(down?.seconds).toBeGreaterThan(3_600);
});

test('other names below the folder are no sidecars', async () => {
  const world = smallWorld();
  await world.raw.write(
    '_recorder/2025-12-11/notes.json',
    new TextEncoder().encode('x'),
    'nothing',
  );
  expect((await aggregate(world)).findings.map(({ code }) => code)).not.toContain(
    'sidecar_unreadable',
  );
  expect(reportOf(world)['sidecars']).toEqual([]);
});
