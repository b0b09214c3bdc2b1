/** The explanation of a bar as a page: from what was asked, over the cells and why, down to the rows and chunks. */
import type { Explained, ExplainedCell } from '../explain/explained-shape.js';
import { counted } from '../unit/words.js';
import { eventSection } from './event-section.js';
import { rowSections } from './row-sections.js';
import { lines, type Section, type SectionCell, tableOf } from './section.js';

/** `rowsMax`: of each table of rows. */
export function sectionsOf(bar: Explained, rowsMax: number): Section[] {
  return [
    headSection(bar),
    ...bar.events.map(eventSection),
    ...(bar.silence.length === 0
      ? []
      : [
          {
            title: `no ${bar.trades.counts.used === 0 ? 'trade' : 'usable snapshot'} in the bar: what was silent, and what proves it`,
            blocks: [lines(...bar.silence)],
          },
        ]),
    ...cellSections(bar),
    ...rowSections(bar, rowsMax),
    ...(bar.column === null && rowsMax > 0 ? [readSection(bar, rowsMax)] : []),
  ];
}

/** `BTCUSDT 1s bar of 2025-12-11T00:31:07Z`. */
export function titleOf({ symbol, resolution, from }: Explained): string {
  return `${symbol} ${resolution} bar of ${from}`;
}

function headSection(bar: Explained): Section {
  const { from, to, differs, notes, good, read } = bar;
  const verdict = good
    ? 'the same three ways: as published, computed again from these chunks, and added up by hand from the rows below'
    : 'what is published differs from what the raw chunks give:';
  return {
    title: titleOf(bar),
    isBad: !good,
    blocks: [
      lines(
        `from ${from} to ${to}, end exclusive; ${counted(read.length, 'chunk')} read`,
        verdict,
        ...differs,
        ...notes.map((note) => `note: ${note}`),
      ),
    ],
  };
}

function cellSections({ cells, bars, signals }: Explained): Section[] {
  return [
    { file: 'bars' as const, line: bars },
    { file: 'signals' as const, line: signals },
  ].flatMap(({ file, line }) => {
    const own = cells.filter((cell) => cell.file === file);
    if (own.length === 0) return [];
    const where = line === null ? 'not published' : `${line.file} line ${line.line}`;
    return [
      {
        title: `${file}: ${where}`,
        blocks: [{ kind: 'cells' as const, cells: own.map(sectionCell) }],
      },
    ];
  });
}

function sectionCell({
  column,
  published,
  arithmetic,
  pass,
  same,
  how,
  rows,
}: ExplainedCell): SectionCell {
  const known = { published, 'from the rows': arithmetic, 'computed again': pass };
  const differing = Object.entries(known).flatMap(([what, text]) =>
    text === null ? [] : [`${what} ${text === '' ? 'empty' : text}`],
  );
  return {
    name: column,
    value: published ?? arithmetic ?? pass ?? '',
    how,
    further: [
      ...(same ? [] : [`differs: ${differing.join(', ')}`]),
      ...rows.map(
        ({ what, object, line, time, id }) =>
          `${what}: ${time.slice(11, 23)}${id === null ? '' : ` id ${id}`}, ${object} line ${line}`,
      ),
    ],
    isBad: !same,
  };
}

function readSection({ read }: Explained, rowsMax: number): Section {
  return {
    title: 'chunks read: the bytes that the quality report lists',
    blocks: [
      tableOf(
        read,
        [
          { title: 'chunk', align: 'left', cell: ({ name }) => name },
          { title: 'bytes', align: 'right', cell: ({ size }) => String(size) },
          { title: 'crc32c', align: 'left', cell: ({ crc32c }) => crc32c },
        ],
        { max: rowsMax, noteOf: silentNote },
      ),
    ],
  };
}

function silentNote({ why_silent: why }: Explained['read'][number]): string | undefined {
  return why === null ? undefined : `gave no rows: ${why}`;
}
