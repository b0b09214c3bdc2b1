/** The table of columns of each kind of file that has one. */
import { BARS } from './bar-table.js';
import type { FileTable } from './file-table.js';
import { PATTERN_EVENTS } from './pattern-table.js';
import { SIGNALS } from './signal-table.js';

export const TABLES: Readonly<Record<'bars' | 'signals' | 'patterns', FileTable>> = {
  bars: BARS,
  signals: SIGNALS,
  patterns: PATTERN_EVENTS,
};

/** A kind of file that has columns. */
export type TabularKind = keyof typeof TABLES;
