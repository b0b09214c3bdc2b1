/** From a computed day to files: checked before anything is written, the report last, whole or not at all. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BarFold } from '../../../src/core/bar/bar-fold.js';
import type { BarGrid } from '../../../src/core/bar/bar-grid.js';
import { RowBytes } from '../../../src/core/encode/row-bytes.js';
import { barsName, qualityName, recordName } from '../../../src/core/stored/output-names.js';
import { isPublishedReport } from '../../../src/core/stored/stored-shapes.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { codec } from '../../../src/edge/format/codec.js';
import { aggregateSymbolDay } from '../../../src/jobs/aggregate/aggregate-symbol-day.js';
import type { Effects } from '../../../src/jobs/ports.js';
import {
  aggregateOptions,
  SMALL_DAY,
  smallWorld,
  type SmallWorld,
} from '../../support/day/aggregating.js';
import { openMemoryStore } from '../../support/memory-store.js';

const [SIX, TWELVE] = [barsName(SMALL_DAY, '6h'), barsName(SMALL_DAY, '12h')];
const QUALITY = qualityName(SMALL_DAY);
const RECORD = recordName('r1', SMALL_DAY);

/** The encoder's last step does this to the bytes of every file. */
function breakEncoder(fault: (text: string) => string): void {
  const finish = Reflect.get(RowBytes.prototype, 'finish');
  vi.spyOn(RowBytes.prototype, 'finish').mockImplementation(function (this: RowBytes) {
    return codec.encode(fault(codec.decode(finish.call(this))));
  });
}

function breakFold(fault: (grid: BarGrid) => void): void {
  const finish = Reflect.get(BarFold.prototype, 'finish');
  vi.spyOn(BarFold.prototype, 'finish').mockImplementation(function (this: BarFold) {
    const grid = finish.call(this);
    fault(grid);
    return grid;
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

async function publish(given: Partial<Effects> = {}): Promise<SmallWorld> {
  const world = smallWorld(undefined, given);
  await aggregateSymbolDay(SMALL_DAY, aggregateOptions({ resolutions: '6h,12h' }), world.effects);
  return world;
}

describe('a published day', () => {
  test('is bars first, finest first, then the record, then the report', async () => {
    const { out } = await publish();
    expect(out.written).toEqual([SIX, TWELVE, RECORD, QUALITY]);
  });

  test('holds the bars of its trades, flat from the seed and the last close on', async () => {
    const { out } = await publish();
    expect(out.text(SIX).split('\n').slice(1)).toEqual([
      '2025-12-11T00:00:00Z,100.5,100.5,100,100,100.25,1,0,1,-1,2,,',
      '2025-12-11T06:00:00Z,101,101,101,101,101,0.5,0,0.5,-0.5,1,,',
      '2025-12-11T12:00:00Z,101,101,101,101,101,0,0,0,0,0,,',
      '2025-12-11T18:00:00Z,101,101,101,101,101,0,0,0,0,0,,',
      '',
    ]);
  });

  test('has a report that lists every file as it is stored', async () => {
    const { out } = await publish();
    const report: unknown = JSON.parse(out.text(QUALITY));
    if (!isPublishedReport(report)) throw new Error('another shape');
    expect(report.seed).toMatchObject({ price: '99' });
    expect(report.artifacts.map(({ name, rows }) => [name, rows])).toEqual([
      [SIX, 4],
      [TWELVE, 2],
    ]);
    for (const { name, bytes, sha256, crc32c } of report.artifacts) {
      const stored = codec.encode(out.text(name));
      expect([bytes, sha256, crc32c]).toEqual([
        stored.length,
        codec.sha256(stored),
        crc32cHex(stored),
      ]);
    }
  });
});

function failed(out: SmallWorld['out']): unknown {
  expect(out.names()).toEqual([RECORD]);
  const record: unknown = JSON.parse(out.text(RECORD));
  expect(record).toMatchObject({ outcome: 'failed', status: 'failed', files: [] });
  return record;
}

describe('a day is not written, nor any file of it, if', () => {
  test.for([
    ['price_order', 'T06:00:00Z,101,', 'T06:00:00Z,102,'],
    ['number_format', 'T06:00:00Z,101,', 'T06:00:00Z,101.0,'],
    ['time_steps', 'T12:00:00Z', 'T12:00:01Z'],
    ['volume_sums', '1,0,1,-1,2,,', '1,0,1,1,2,,'],
    ['flat_bars', '101,0,0,0,0,0,,\n2025', '101,0,0,0,0,7,,\n2025'],
    ['columns', '0,0,0,0,0,,\n2025', '0,0,0,0,0,\n2025'],
    ['row_count', '2025-12-11T18:00:00Z,101,101,101,101,101,0,0,0,0,0,,\n', ''],
  ] as const)('the encoder breaks %s', async ([check, right, wrong]) => {
    breakEncoder((text) => text.replace(right, wrong));
    const { out } = await publish();
    const detail: unknown = expect.stringContaining(check);
    const where = expect.stringMatching(/_(?:6|12)h\.csv$/u) as unknown;
    expect(failed(out)).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'check_failed', severity: 'error', where, detail }),
      ]) as unknown,
    });
  });

  test('a fold breaks a sum', async () => {
    breakFold(({ sellQuantity }) => sellQuantity.addWide(0, -1n));
    const { out } = await publish();
    expect(JSON.stringify(failed(out))).toContain('check_failed');
  });
});

test('a failed write leaves no report, and a second start finishes the work', async () => {
  const failure = new FlowbarsError('world', {
    what: 'write',
    found: '503',
    expected: 'ok',
    where: TWELVE,
  });
  let isBroken = true;
  const out = openMemoryStore({
    before: (operation, name) => {
      if (isBroken && operation === 'write' && name === TWELVE) throw failure;
    },
  });
  await expect(publish({ out })).rejects.toBe(failure);
  expect(out.names()).toEqual([SIX]);
  isBroken = false;
  await publish({ out });
  expect(out.written).toEqual([SIX, TWELVE, RECORD, QUALITY]);
  const whole = await publish();
  for (const name of [SIX, TWELVE, QUALITY]) expect(out.text(name)).toBe(whole.out.text(name));
});

test('a retry after the record was stored and the report was not still says published', async () => {
  const failure = new FlowbarsError('world', {
    what: 'write',
    found: '503',
    expected: 'ok',
    where: QUALITY,
  });
  let isBroken = true;
  const out = openMemoryStore({
    before: (operation, name) => {
      if (isBroken && operation === 'write' && name === QUALITY) throw failure;
    },
  });
  await expect(publish({ out })).rejects.toBe(failure);
  isBroken = false;
  await publish({ out });
  await publish({ out });
  expect(out.text(RECORD)).toContain('"outcome": "published"');
});
