/** What was read into files without proof, in sentences that name them, for the closing page and the document. */

export interface ReadFile {
  readonly path: string;
  /** Columns by which a table without a header was read; undefined for other files. */
  readonly assumedColumns: readonly string[] | undefined;
  /** The last row of a table has no line feed. */
  readonly endsInRow: boolean;
}

export function fileNotes(files: readonly ReadFile[]): string[] {
  const paths = new Map<string, string[]>();
  for (const { path, assumedColumns } of files) {
    if (assumedColumns === undefined) continue;
    const columns = assumedColumns.join(', ');
    paths.set(columns, [...(paths.get(columns) ?? []), path]);
  }
  const cut = files.filter(({ endsInRow }) => endsInRow).map(({ path }) => path);
  return [
    ...[...paths].map(
      ([columns, some]) => `no header in ${namesOf(some)}: columns were read as ${columns}`,
    ),
    ...(cut.length === 0
      ? []
      : [`no line feed at the end of ${namesOf(cut)}: the last row may be cut`]),
  ];
}

function namesOf([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}
