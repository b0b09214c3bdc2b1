/** What a quality report counts, in lines for a test to compare and a person to read. */
import { isDictionary } from '../../../src/core/unit/json.js';

/** `line 3 price: found 'NaN', expected …`; none without a report. */
export function malformedRows(report: unknown): string[] {
  const rows = isDictionary(report) ? report['malformed_rows'] : undefined;
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) => {
    const { line, column, found, expected } = isDictionary(row) ? row : {};
    return `line ${String(line)} ${String(column)}: found ${String(found)}, expected ${String(expected)}`;
  });
}

/** `rows.depth.crossed 1`: the counts of other rows than those that are used. */
export function rowCounts(report: unknown): string[] {
  const rows = isDictionary(report) ? report['rows'] : undefined;
  return Object.entries(isDictionary(rows) ? rows : {}).flatMap(([stream, counts]) =>
    Object.entries(isDictionary(counts) ? counts : {}).flatMap(([outcome, count]) =>
      outcome === 'rows' || outcome === 'used' || count === 0
        ? []
        : [`rows.${stream}.${outcome} ${String(count)}`],
    ),
  );
}
