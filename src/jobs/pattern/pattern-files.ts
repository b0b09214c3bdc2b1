/**
 * The patterns file and the scoreboard of a symbol-day as bytes, from the bytes of its 1s bars and 1s signals
 * alone. The task that wrote those and whoever reads them later call the same function.
 */
import { PATTERN_EVENTS } from '../../core/column/pattern-table.js';
import type { SeenSeconds, StoredFile } from '../../core/pattern/day-cells.js';
import { dayPatterns } from '../../core/pattern/day-patterns.js';
import { patternRows } from '../../core/pattern/pattern-file.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { dayScoreboard } from '../../core/score/day-scoreboard.js';
import { storedJson } from '../../core/stored/json-shape.js';
import type { Effects } from '../ports.js';

/** A day's files of one row a second, and by which rules they were made. */
export interface SecondFiles {
  readonly day: SymbolDay;
  readonly rules: Pick<DayRules, 'streams' | 'feeBps'>;
  readonly bars: StoredFile;
  readonly signals: StoredFile;
  /** What was seen of their rows when they were checked, if they were. */
  readonly seen?: SeenSeconds | undefined;
}

export interface PatternFiles {
  readonly patterns: Uint8Array;
  readonly scoreboard: Uint8Array;
  /** Rows of the patterns file. */
  readonly events: number;
}

/** Throws a FlowbarsError of kind `data` if the files are not what the encoder writes. */
export function patternFiles(
  { day, rules, bars, signals, seen }: SecondFiles,
  { tables, codec }: Pick<Effects, 'tables' | 'codec'>,
): PatternFiles {
  const { streams, feeBps } = rules;
  const found = dayPatterns({ date: day.date, streams, bars, signals, seen });
  return {
    patterns: tables.write(PATTERN_EVENTS.header, patternRows(found.events)),
    scoreboard: codec.encode(storedJson(dayScoreboard(found, { ...day, feeBps }))),
    events: found.events.length,
  };
}
