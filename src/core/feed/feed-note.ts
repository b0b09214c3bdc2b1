/**
 * What happens to the connections of a recorder, as data: kept in the spool between the rows, so that what a recorder knew
 * survives it. A line is one subscription, of one kind of stream for some symbols; connections come and go on it.
 */
import type { StreamName } from '../rule/symbol-day.js';

/** All times are of the recorder's clock, microseconds since the epoch. */
interface OnLine {
  readonly atUs: number;
  /** Index of the line, from 0. */
  readonly line: number;
}

interface OnConnection extends OnLine {
  /** Counts up over all lines, from 1. */
  readonly connection: number;
}

/** A recorder began: its lines, which do not change while it runs. */
export interface BegunNote {
  readonly is: 'begun';
  readonly atUs: number;
  readonly endpoint: string;
  readonly market: string;
  readonly lines: readonly LineNote[];
}

export interface LineNote {
  readonly stream: StreamName;
  readonly symbols: readonly string[];
}

/** Subscribed and acknowledged, which proves nothing. */
export interface OpenedNote extends OnConnection {
  readonly is: 'opened';
  /** `/public`; empty for the legacy address. */
  readonly route: string;
  /** Why it was opened: the first one, after a loss, before the exchange's cut, … */
  readonly why: 'first' | 'lost' | 'renewal' | 'silent' | 'frozen' | 'unanswered' | 'shutdown';
}

/** The first row of a connection came. */
export interface DeliveringNote extends OnConnection {
  readonly is: 'delivering';
}

export interface ClosedNote extends OnConnection {
  readonly is: 'closed';
  /** `1006 abnormal closure`, `renewed`, … */
  readonly why: string;
  /** Text frames that it delivered, of any kind. */
  readonly frames: number;
}

/** An attempt to connect or subscribe failed. */
export interface RefusedNote extends OnConnection {
  readonly is: 'refused';
  readonly why: string;
}

/** A watchdog found something; what it does about it follows as notes of connections. */
export interface DoubtNote extends OnLine {
  readonly is: 'doubt';
  /**
   * silent: acknowledged, and no row of the line comes. idle: rows of the line come, none of this symbol. frozen: snapshots of
   * this symbol come, and their content stands still. refused: the exchange refuses to subscribe this symbol.
   */
  readonly doubt: 'silent' | 'idle' | 'frozen' | 'refused';
  /** Undefined for the whole line. */
  readonly symbol?: string;
  readonly sinceUs: number;
}

/** Nothing was read: the process or its machine stood still, or its disk could not keep up. */
export interface StalledNote {
  readonly is: 'stalled';
  readonly atUs: number;
  readonly sinceUs: number;
}

/** The time from a ping to its pong. */
export interface PongNote extends OnConnection {
  readonly is: 'pong';
  readonly roundTripUs: number;
}

/** Rows that another connection had delivered already, since the last such note. */
export interface DuplicatesNote {
  readonly is: 'duplicates';
  readonly atUs: number;
  readonly stream: StreamName;
  readonly symbol: string;
  readonly rows: number;
}

/** A frame that is none: its first characters. */
export interface BrokenNote extends OnConnection {
  readonly is: 'broken';
  readonly found: string;
  readonly expected: string;
}

/** Frames that are none and have no note of their own, of all connections since the last such note. */
export interface GarbageNote {
  readonly is: 'garbage';
  readonly atUs: number;
  readonly frames: number;
}

/** The recorder was told to stop, and has nothing more to say. */
export interface EndedNote {
  readonly is: 'ended';
  readonly atUs: number;
}

export type FeedNote =
  | BegunNote
  | OpenedNote
  | DeliveringNote
  | ClosedNote
  | RefusedNote
  | DoubtNote
  | StalledNote
  | PongNote
  | DuplicatesNote
  | BrokenNote
  | GarbageNote
  | EndedNote;
