/** The sidecar of an hour, against what the rows and notes themselves say. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FeedNote, OpenedNote } from '../../../src/core/feed/feed-note.js';
import { isSidecar } from '../../../src/core/sidecar/sidecar.js';
import { asciiBytes } from '../../../src/core/spool/ascii.js';
import { sidecarOf } from '../../../src/core/spool/hour-evidence.js';
import { type Minute, parseMinute } from '../../../src/core/spool/minute.js';
import { headLine, noteLine, rowLine } from '../../../src/core/spool/segment.js';
import { SegmentScan } from '../../../src/core/spool/segment-scan.js';
import { slotsOf } from '../../../src/core/spool/slots.js';
import { headOf, LINES, madeRow, SECOND_US, START_US } from '../../support/spool/made-session.js';

const slots = slotsOf(LINES, 'trades');

type Step = { readonly atUs: number } & (
  | { readonly slot: number; readonly id: number }
  | { readonly note: FeedNote }
);

const minuteMsOf = (atUs: number): number => Math.floor(atUs / 60e6) * 60_000;

/** The minutes of a session as the spool would write them. */
function minutesOf(steps: readonly Step[]): Minute[] {
  const open = new Map<number, OpenedNote>();
  const texts = new Map<number, string>();
  const begin = (minuteMs: number, fromUs: number): void => {
    const head = { ...headOf('trades', fromUs), minuteMs, open: [...open.values()] };
    texts.set(minuteMs, headLine(head));
  };
  let minuteMs = minuteMsOf(START_US);
  begin(minuteMs, START_US);
  for (const step of steps) {
    while (minuteMsOf(step.atUs) > minuteMs) {
      minuteMs += 60_000;
      begin(minuteMs, minuteMs * 1_000);
    }
    const slot = 'slot' in step ? slots[step.slot] : undefined;
    let line = '';
    if ('note' in step) line = noteLine(step.note);
    else if (slot !== undefined) line = rowLine(slot.index, madeRow(slot, step.id, step.atUs));
    texts.set(minuteMs, (texts.get(minuteMs) ?? '') + line);
    if ('note' in step && step.note.is === 'opened') open.set(step.note.connection, step.note);
    if ('note' in step && step.note.is === 'closed') open.delete(step.note.connection);
  }
  return [...texts.values()].flatMap((text) => {
    const scan = new SegmentScan();
    scan.push(asciiBytes(text));
    const minute = scan.finish()?.minute;
    // Through the text in which the spool keeps it.
    return minute === undefined ? [] : (parseMinute(JSON.stringify(minute)) ?? []);
  });
}

function opened(atUs: number, line: number, connection: number): Step {
  const note = { is: 'opened', atUs, line, connection, route: '/public', why: 'first' } as const;
  return { atUs, note };
}

function closed(atUs: number, line: number, connection: number): Step {
  return { atUs, note: { is: 'closed', atUs, line, connection, why: 'renewed', frames: 1 } };
}

function stalled(sinceUs: number, atUs: number): Step {
  return { atUs, note: { is: 'stalled', atUs, sinceUs } };
}

const at = (seconds: number): number => START_US + seconds * SECOND_US;
const stamp = (seconds: number): string => new Date(at(seconds) / 1_000).toISOString();
const rowAt = (seconds: number, slot: number): Step => ({ atUs: at(seconds), slot, id: seconds });

describe('the sidecar of an hour', () => {
  test('counts the rows, duplicates and clocks of its minutes', () => {
    const duplicates = { is: 'duplicates', stream: 'trades', symbol: 'ETHUSDT', rows: 3 } as const;
    const pong = { is: 'pong', line: 0, connection: 1, roundTripUs: 4_000 } as const;
    const broken = { is: 'broken', line: 0, connection: 1, found: 'x', expected: 'y' } as const;
    const doubt = { is: 'doubt', line: 1, doubt: 'silent', sinceUs: at(3) } as const;
    const minutes = minutesOf([
      rowAt(1, 0),
      rowAt(11, 1),
      { atUs: at(12), note: { ...duplicates, atUs: at(12) } },
      { atUs: at(12), note: { ...pong, atUs: at(12) } },
      { atUs: at(13), note: { ...broken, atUs: at(13) } },
      { atUs: at(13), note: { is: 'garbage', atUs: at(13), frames: 90 } },
      rowAt(14, 1),
      { atUs: at(15), note: { ...doubt, atUs: at(15) } },
      { atUs: at(16), note: { is: 'ended', atUs: at(16) } },
    ]);
    expect(minutes).toHaveLength(2);
    const sidecar = sidecarOf(minutes, false);
    expect(isSidecar(sidecar)).toBe(true);
    const { from, to, ended, frames_broken, clock_offset_ms, lag_ms_max, round_trip_ms } = sidecar;
    expect([from, to, ended]).toEqual([stamp(0), stamp(16), 'stopped']);
    expect([clock_offset_ms, lag_ms_max, round_trip_ms, frames_broken]).toEqual([5, 7, 4, 91]);
    expect(sidecar.streams[1]).toEqual({
      symbol: 'ETHUSDT',
      stream: 'trades',
      line: 0,
      frames: 5,
      rows: 2,
      duplicates: 3,
      first_id: '11',
      last_id: '14',
      first_at: stamp(11),
      last_at: stamp(14),
    });
    expect(sidecar.doubts).toEqual([
      { line: 1, at: stamp(15), found: 'silent', symbol: null, since: stamp(3) },
    ]);
  });

  test('tells a line that is silent from one that is not connected, across minutes', () => {
    const minutes = minutesOf([
      opened(at(0), 0, 1),
      rowAt(1, 0),
      closed(at(5), 0, 1),
      opened(at(14), 0, 2),
      rowAt(15, 1),
      rowAt(20, 0),
    ]);
    const { stretches, connections, ended, to } = sidecarOf(minutes, false);
    const line = 0;
    expect(stretches.filter((stretch) => stretch.line === line)).toEqual([
      { line, from: stamp(1), to: stamp(15), state: 'disconnected' },
      { line, from: stamp(15), to: stamp(20), state: 'silent' },
    ]);
    expect(stretches.filter((stretch) => stretch.line === 1)).toEqual([
      { line: 1, from: stamp(0), to: stamp(20), state: 'disconnected' },
    ]);
    expect(connections.map(({ opened: from, closed: until }) => [from, until])).toEqual([
      [stamp(0), stamp(5)],
      [stamp(14), null],
    ]);
    expect([ended, to]).toEqual(['lost', stamp(20)]);
  });

  test('tells a recorder that read nothing from a silent line', () => {
    const minutes = minutesOf([
      opened(at(0), 0, 1),
      rowAt(1, 0),
      stalled(at(2), at(70)),
      rowAt(71, 0),
      stalled(at(72), at(75)),
      rowAt(80, 0),
    ]);
    const line = 0;
    const { stretches } = sidecarOf(minutes, false);
    expect(stretches.filter((stretch) => stretch.line === line)).toEqual([
      { line, from: stamp(1), to: stamp(71), state: 'stalled' },
      { line, from: stamp(71), to: stamp(80), state: 'silent' },
    ]);
  });

  test('of a session that goes on reaches to the end of the hour', () => {
    const { ended, to, stretches } = sidecarOf(minutesOf([rowAt(1, 0), rowAt(1, 2)]), true);
    expect([ended, to]).toEqual(['running', '2025-12-12T01:00:00.000Z']);
    expect(stretches).toEqual(
      [0, 1].map((line) => ({ line, from: stamp(1), to, state: 'disconnected' })),
    );
  });

  test('that has to leave out stretches keeps the first of all lines, by their start', () => {
    // The first line pauses by turns; the second one once, before those that are left out.
    const turns = Array.from({ length: 1_100 }, (_, turn) => rowAt(3 * turn + 3, 0));
    const lively = Array.from({ length: 3_300 }, (_, second) => rowAt(second + 1, 2));
    const broken = lively.filter((_, second) => second < 2_000 || second > 2_010);
    const steps = [...turns, ...broken].toSorted((a, b) => a.atUs - b.atUs);
    const { stretches, stretches_omitted } = sidecarOf(minutesOf(steps), true);
    expect([stretches.length, stretches_omitted]).toEqual([1_000, 101]);
    const starts = stretches.map(({ from }) => from);
    expect(starts).toEqual(starts.toSorted());
    expect(stretches.filter(({ line }) => line === 1)).toMatchObject([{ from: stamp(2_000) }]);
  });

  test('says of any session, cut anywhere, what its rows say', () => {
    const step = fc.record({ waitUs: fc.nat(6_000_000), slot: fc.nat(2) });
    let stretchCount = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20, size: 'max' }), fc.nat(20), (waits, cut) => {
        let atUs = START_US;
        const steps = waits.slice(0, cut).map(({ waitUs, slot }, id) => {
          atUs = Math.min(atUs + waitUs, START_US + 69 * SECOND_US);
          return { atUs, slot, id };
        });
        const sidecar = sidecarOf(minutesOf(steps), false);
        const lastUs = steps.at(-1)?.atUs ?? START_US;
        expect(sidecar.to).toBe(new Date(Math.floor(lastUs / 1_000)).toISOString());
        for (const [index, stream] of sidecar.streams.entries()) {
          const own = steps.filter(({ slot }) => slot === index);
          expect(stream.rows).toBe(own.length);
          expect(stream.first_id).toBe(own.length === 0 ? null : String(own[0]?.id));
          expect(stream.last_id).toBe(own.length === 0 ? null : String(own.at(-1)?.id));
        }
        const unordered = LINES.flatMap((_, line) => {
          const times = steps
            .filter(({ slot }) => slots[slot]?.line === line)
            .map((own) => own.atUs);
          const ends = [START_US, ...times, lastUs];
          return ends.flatMap((toUs, index) => {
            const fromUs = ends[index - 1] ?? toUs;
            return toUs - fromUs > 2 * SECOND_US ? [{ line, fromUs, toUs }] : [];
          });
        });
        const pauses = unordered
          .toSorted((a, b) => a.fromUs - b.fromUs)
          .map(({ line, fromUs, toUs }) => `${line} ${fromUs} ${toUs}`);
        stretchCount += pauses.length;
        expect(sidecar.stretches).toHaveLength(pauses.length);
        expect(sidecar.stretches.map(({ line, from, to }) => `${line} ${from} ${to}`)).toEqual(
          pauses.map((pause) => {
            const [line = '', ...times] = pause.split(' ');
            const stamps = times.map((timeUs) =>
              new Date(Math.floor(Number(timeUs) / 1_000)).toISOString(),
            );
            return [line, ...stamps].join(' ');
          }),
        );
      }),
    );
    expect(stretchCount).toBeGreaterThan(100);
  });
});
