/** A table of short texts for a person: aligned columns, two spaces apart, with an underlined header. */
import { padToWidth, textWidth } from './text-width.js';

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Header, rule and one line per row; missing cells are empty. */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(textWidth(title), ...rows.map((row) => textWidth(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => padToWidth(cells[index] ?? '', widths[index] ?? 0, align))
      .join('  ')
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    line(widths.map((width) => '─'.repeat(width))),
    ...rows.map(line),
  ];
}
