/** What a page about one thing consists of, as plain texts: a terminal and a browser show the same sections. */

export interface SectionColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export interface SectionRow {
  readonly cells: readonly string[];
  /** Said below the row. */
  readonly note?: string | undefined;
}

export interface SectionCell {
  readonly name: string;
  readonly value: string;
  readonly how: string;
  /** Said below it: what differs, and the rows that decide. */
  readonly further: readonly string[];
  readonly isBad: boolean;
}

export type Block =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'cells'; readonly cells: readonly SectionCell[] }
  | ({ readonly kind: 'table' } & SectionTable);

export interface SectionTable {
  readonly columns: readonly SectionColumn[];
  readonly rows: readonly SectionRow[];
  /** Rows that are left out, and before which of these they stand. */
  readonly omitted: number;
  readonly omittedAt: number;
}

export interface Section {
  readonly title: string;
  readonly isBad?: boolean;
  readonly blocks: readonly Block[];
}

export function lines(...texts: readonly string[]): Block {
  return { kind: 'lines', lines: texts };
}

/**
 * The first and the last of the rows, `max` in all. `omittedBefore`: those that the list itself leaves out, in
 * its middle.
 */
export function tableOf<Row>(
  all: readonly Row[],
  columns: readonly (SectionColumn & { readonly cell: (row: Row) => string })[],
  {
    max,
    omittedBefore = 0,
    noteOf,
  }: {
    readonly max: number;
    readonly omittedBefore?: number;
    readonly noteOf?: (row: Row) => string | undefined;
  },
): Block {
  const isWhole = all.length <= max;
  const head = isWhole ? Math.ceil(all.length / 2) : Math.ceil(max / 2);
  const tail = isWhole ? all.length - head : max - head;
  const shown = [...all.slice(0, head), ...all.slice(all.length - tail)];
  return {
    kind: 'table',
    columns: columns.map(({ title, align }) => ({ title, align })),
    rows: shown.map((row) => ({
      cells: columns.map(({ cell }) => cell(row)),
      note: noteOf?.(row),
    })),
    omitted: all.length - shown.length + omittedBefore,
    omittedAt: head,
  };
}
