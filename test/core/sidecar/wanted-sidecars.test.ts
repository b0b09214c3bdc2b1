/** Which sidecars the outages of a day want, by their names and sizes. */
import { describe, expect, test } from 'vitest';
import { sidecarName } from '../../../src/core/sidecar/sidecar.js';
import {
  SIDECAR_BYTES_MAX,
  SIDECARS_BYTES_MAX,
  SIDECARS_MAX,
  sidecarDates,
  wantedSidecars,
} from '../../../src/core/sidecar/wanted-sidecars.js';
import { compareNames } from '../../../src/core/unit/compare-names.js';
import { dayStartMs, HOUR_MS, type TimeRange, utcDate } from '../../../src/core/unit/utc-date.js';

const DATE = utcDate('2025-12-11', 'test');

interface Listed {
  readonly name: string;
  readonly sizeBytes: number;
}

function listed(hour: number, part: string, sizeBytes = 1_000): Listed {
  return { name: sidecarName(DATE, hour, part), sizeBytes };
}

/** From one hour of the day to another. */
function outage(from: number, to: number): TimeRange {
  const startMs = dayStartMs(DATE);
  return { fromMs: startMs + from * HOUR_MS, toMs: startMs + to * HOUR_MS };
}

function wantedOf(all: readonly Listed[], outages: readonly TimeRange[]): string[] {
  const inOrder = all.toSorted((a, b) => compareNames(a.name, b.name));
  return wantedSidecars(outages, inOrder).wanted.map(({ name }) => name);
}

describe('the sidecars of an outage are', () => {
  test('those of the hours that it touches within a minute, and no other names', () => {
    const all = Array.from({ length: 24 }, (_, hour) => listed(hour, 'a1'));
    const odd = { name: '_recorder/2025-12-11/10_a1.txt', sizeBytes: 1 };
    expect(wantedOf([...all, odd], [outage(10.5, 11)])).toEqual([
      sidecarName(DATE, 10, 'a1'),
      sidecarName(DATE, 11, 'a1'),
    ]);
    expect(wantedOf(all, [outage(10.5, 10.9)])).toEqual([sidecarName(DATE, 10, 'a1')]);
    expect(wantedOf(all, [])).toEqual([]);
  });

  test('also those of the neighbour day where an outage is near midnight', () => {
    expect(sidecarDates([outage(0, 0.01)])).toEqual(['2025-12-10', '2025-12-11']);
    expect(sidecarDates([outage(23.5, 24)])).toEqual(['2025-12-11', '2025-12-12']);
    expect(sidecarDates([outage(0.5, 23.5)])).toEqual(['2025-12-11']);
    expect(sidecarDates([])).toEqual([]);
    const before = '_recorder/2025-12-10/23_a1.json';
    const all = [{ name: before, sizeBytes: 1 }, listed(0, 'a1'), listed(1, 'a1')];
    expect(wantedOf(all, [outage(0, 0.01)])).toEqual([before, sidecarName(DATE, 0, 'a1')]);
  });

  test('those that are not too large; the others are passed over', () => {
    const all = [listed(10, 'a1', SIDECAR_BYTES_MAX), listed(10, 'b1', SIDECAR_BYTES_MAX + 1)];
    expect(wantedSidecars([outage(10.2, 10.8)], all)).toEqual({
      wanted: [all[0]],
      passedOver: [all[1]],
    });
  });

  test('those of a session that lasts before those of a recorder that restarts again and again', () => {
    const restarts = Array.from({ length: SIDECARS_MAX + 200 }, (_, at) =>
      listed(10, `a-${String(at).padStart(5, '0')}`, 2_000),
    );
    const lasting = Array.from({ length: 24 }, (_, hour) => listed(hour, 'z-1'));
    const wanted = wantedOf([...restarts, ...lasting], [outage(10.2, 10.8)]);
    expect(wanted).toHaveLength(SIDECARS_MAX);
    expect(wanted).toContain(sidecarName(DATE, 10, 'z-1'));
    expect(wanted).toEqual(wanted.toSorted(compareNames));
  });

  test('as many as have so many bytes together', () => {
    const all = Array.from({ length: 40 }, (_, at) =>
      listed(10, `a-${at}`, SIDECAR_BYTES_MAX - at),
    );
    const wanted = wantedOf(all, [outage(10.2, 10.8)]);
    expect(wanted).toHaveLength(SIDECARS_BYTES_MAX / SIDECAR_BYTES_MAX);
    expect(wanted).not.toContain(sidecarName(DATE, 10, 'a-39'));
  });

  test('the larger ones of sessions that last as long', () => {
    const small = Array.from({ length: SIDECARS_MAX }, (_, at) => listed(10, `a-${at}`));
    const wanted = wantedOf([...small, listed(10, 'z-1', 2_000)], [outage(10.2, 10.8)]);
    expect(wanted).toHaveLength(SIDECARS_MAX);
    expect(wanted).toContain(sidecarName(DATE, 10, 'z-1'));
  });
});
