/**
 * The evidence of one segment, which outlives it in the spool until its hour is over. Times are microseconds since the
 * epoch, of the recorder's clock.
 */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { readJson } from '../unit/json.js';
import { HEAD_SHAPES } from './segment.js';

const MINUTE_PARTS = {
  slot_minute: {
    is: 'object',
    fields: {
      rows: { is: 'count' },
      duplicates: { is: 'count' },
      firstId: { is: 'count', orNull: true },
      lastId: { is: 'count', orNull: true },
      firstUs: { is: 'count', orNull: true },
      lastUs: { is: 'count', orNull: true },
    },
  },
  pause: { is: 'object', fields: { fromUs: { is: 'count' }, toUs: { is: 'count' } } },
  line_minute: {
    is: 'object',
    fields: {
      firstUs: { is: 'count', orNull: true },
      lastUs: { is: 'count', orNull: true },
      /** Between two rows of the minute. */
      pauses: { is: 'list', of: { is: 'ref', to: 'pause' } },
    },
  },
  connection: {
    is: 'object',
    fields: {
      connection: { is: 'count' },
      line: { is: 'count' },
      route: { is: 'text' },
      why: { is: 'text' },
      openedUs: { is: 'count' },
      closedUs: { is: 'count', orNull: true },
      closedWhy: { is: 'text', orNull: true },
    },
  },
  doubt: {
    is: 'object',
    fields: {
      line: { is: 'count' },
      atUs: { is: 'count' },
      doubt: { is: 'word', of: ['silent', 'idle', 'frozen', 'refused'] },
      symbol: { is: 'text', orNull: true },
      sinceUs: { is: 'count' },
    },
  },
  minute: {
    is: 'object',
    fields: {
      head: { is: 'ref', to: 'head' },
      /** The last that the segment says. */
      lastUs: { is: 'count' },
      /** The session was told to stop. */
      isEnded: { is: 'truth' },
      /** In the order of the slots. */
      slots: { is: 'list', of: { is: 'ref', to: 'slot_minute' } },
      /** In the order of the lines. */
      lines: { is: 'list', of: { is: 'ref', to: 'line_minute' } },
      lagUsMin: { is: 'integer', orNull: true },
      lagUsMax: { is: 'integer', orNull: true },
      roundTripUsMin: { is: 'amount', orNull: true },
      framesBroken: { is: 'count' },
      connections: { is: 'list', of: { is: 'ref', to: 'connection' } },
      connectionsOmitted: { is: 'count' },
      /** Nothing was read; they end in this minute. */
      stalls: { is: 'list', of: { is: 'ref', to: 'pause' } },
      doubts: { is: 'list', of: { is: 'ref', to: 'doubt' } },
      doubtsOmitted: { is: 'count' },
    },
  },
} as const;

type Named = typeof HEAD_SHAPES & typeof MINUTE_PARTS;

export type Minute = ValueOf<Named['minute'], Named>;
export type MinuteConnection = ValueOf<Named['connection'], Named>;
export type MinuteDoubt = ValueOf<Named['doubt'], Named>;
export type Pause = ValueOf<Named['pause'], Named>;
export type SlotMinute = ValueOf<Named['slot_minute'], Named>;
export type LineMinute = ValueOf<Named['line_minute'], Named>;

const isMinute: Guard<Minute> = guardOf('minute', {
  ...HEAD_SHAPES,
  ...MINUTE_PARTS,
});

/** Undefined if it is no minute. */
export function parseMinute(text: string): Minute | undefined {
  const value = readJson(text);
  return isMinute(value) ? value : undefined;
}
