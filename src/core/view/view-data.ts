/**
 * What the scripts of a day's page are told: the panes to draw, the days with their rows, what to shade and to mark.
 * src/page takes these types and no value.
 */
import type { Direction, PatternName } from '../column/pattern-table.js';

/** A variable of the page's style, without its dashes. */
export type ColourName = 'up' | 'down' | 'third' | 'fourth' | 'ink' | 'quiet';

export type LineForm = 'solid' | 'dotted' | 'dashed';

interface SeriesBase {
  readonly title: string;
}

export interface CandleSpec extends SeriesBase {
  readonly kind: 'candles';
  /** Open, high, low, close. */
  readonly columns: readonly [string, string, string, string];
}

export interface LineSpec extends SeriesBase {
  readonly kind: 'line';
  readonly column: string;
  readonly colour: ColourName;
  readonly form: LineForm;
  readonly isBold?: true;
  /** Drawn below zero. */
  readonly isNegated?: true;
  /** On an axis of its own, to the left. */
  readonly isLeft?: true;
}

export interface ColumnsSpec extends SeriesBase {
  readonly kind: 'columns';
  readonly column: string;
  /** Of what is above zero and below it. */
  readonly colours: readonly [ColourName, ColourName];
  readonly isNegated?: true;
}

export type SeriesSpec = CandleSpec | LineSpec | ColumnsSpec;

export interface PaneSpec {
  readonly name: string;
  readonly unit: 'price' | 'quantity' | 'share';
  /** Kinds of outages that concern what it draws. */
  readonly shades: readonly ShadeKind[];
  readonly series: readonly SeriesSpec[];
}

/** Rows of one resolution, all days one after the other. */
export interface Level {
  readonly name: string;
  readonly seconds: number;
}

export interface DayRows {
  readonly date: string;
  readonly startMs: number;
  /** By the name of the level: the id of the element with its packed rows. */
  readonly rowsIds: Readonly<Record<string, string>>;
}

/** First the kind that names a minute with several. */
export const SHADE_KINDS = [
  'feed_down',
  'trades_missing',
  'depth_missing',
  'unproven',
  'not_expected',
] as const;
export type ShadeKind = (typeof SHADE_KINDS)[number];

/** A stretch of time in which something was not recorded; end exclusive. */
export interface Shade {
  readonly kind: ShadeKind;
  /** `feed down, 3m 20s`. */
  readonly title: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** An event of the patterns file: its cells as they are written. */
export interface Mark {
  readonly pattern: PatternName;
  readonly direction: Direction;
  readonly from: string;
  readonly confirmed: string;
  readonly price: string;
  readonly strength: string;
  readonly threshold: string;
  /** After 10, 60 and 300 s, in basis points; empty if it is not known. */
  readonly outcomes: readonly [string, string, string];
}

export interface PatternWords {
  /** On the chart. */
  readonly letter: string;
  readonly up: string;
  readonly down: string;
  readonly strength: string;
  readonly threshold: string;
}

export interface ViewData {
  readonly symbol: string;
  /** Finest first. */
  readonly levels: readonly Level[];
  /** Those with rows, in order. */
  readonly days: readonly DayRows[];
  readonly panes: readonly PaneSpec[];
  readonly shades: readonly Shade[];
  readonly marks: readonly Mark[];
  readonly patterns: Readonly<Record<PatternName, PatternWords>>;
  /** Where the page begins; end exclusive. */
  readonly beginMs: number;
  readonly endMs: number;
}
