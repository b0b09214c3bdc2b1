import { expect, test } from 'vitest';
import { BAR_ROW_CHECKS } from '../../../src/core/check/bar-row-checks.js';
import {
  cellChecksOnly,
  checksOfFile,
  type RowChecks,
} from '../../../src/core/check/file-checks.js';
import { checksOf } from '../../../src/core/check/settled-entry.js';
import { signalRowChecks } from '../../../src/core/check/signal-row-checks.js';
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { resolutionOf } from '../../../src/core/unit/resolution.js';

const GENERAL = ['quality_report', 'files_exist', 'bytes', 'sha256', 'crc32c'];
const SIGNAL_CHECKS = signalRowChecks({ resolution: resolutionOf(1), hasBook: true });

test.for<[kind: string, rowChecks: RowChecks, across: readonly string[]]>([
  ['bars', BAR_ROW_CHECKS, ['roll_up']],
  ['signals', SIGNAL_CHECKS, ['roll_up']],
])('an entry with %s alone has the checks of its files', ([kind, rowChecks, across]) => {
  const checks = new Set([...GENERAL, ...checksOfFile(rowChecks), ...across, 'seed_continuity']);
  expect(new Set(checksOf([kind]))).toEqual(checks);
});

test('an entry with patterns and their scoreboard has the checks of both', () => {
  const rowChecks = cellChecksOnly(PATTERN_EVENTS);
  const checks = [...GENERAL, ...checksOfFile(rowChecks), 'row_count', 'scoreboard'];
  expect(new Set(checksOf(['patterns', 'scoreboard']))).toEqual(
    new Set([...checks, 'seed_continuity']),
  );
});

test('a check that compares kinds is made where all of them are listed', () => {
  const joined = new Set([...checksOf(['bars']), ...checksOf(['signals'])]);
  const both = checksOf(['signals', 'bars', 'quality']);
  expect(both.filter((check) => !joined.has(check))).toEqual(['bars_agree']);
});
