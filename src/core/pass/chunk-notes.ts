/** Notes of a stream's chunks what is normal and worth knowing: ignored columns, absent ids, aggregate ids, open ends. */
import { quoted } from '../decode/chunk-columns.js';
import { LAST_USABLE } from '../event/row-columns.js';
import type { FindingList } from '../finding/finding-list.js';
import { STREAMS, type StreamName } from '../rule/symbol-day.js';
import { counted } from '../unit/words.js';
import type { NamedChunk } from './decode-step.js';

/** Ignored columns that a finding names. */
const NAMED_MAX = 12;

/** The ids that tell a repeated row, and what such a row does where they are absent. */
const IDS: Readonly<Record<StreamName, { readonly column: string; readonly repeated: string }>> = {
  trades: { column: 'trade_id', repeated: 'a trade that was recorded twice counts twice' },
  depth: { column: 'update_id', repeated: 'a snapshot that was recorded twice weighs twice' },
};

/** Chunks in which something holds: how many, and the first one's name. */
interface Chunks {
  count: number;
  first: string;
}

export class ChunkNotes {
  private readonly ignored = new Set<string>();
  private readonly ignoring: Chunks = { count: 0, first: '' };
  private readonly aggregated: Chunks = { count: 0, first: '' };
  private readonly openEnded: Chunks = { count: 0, first: '' };
  private readonly withoutId: Chunks = { count: 0, first: '' };
  private usableRows = 0;
  private rowsWithoutId = 0;

  /** Takes a chunk of the day or its edges, whose rows have their outcomes, in reading order. */
  take({ columns, lacksLineFeed, name, batches }: NamedChunk): void {
    if (columns.ignored.length > 0) {
      note(this.ignoring, name);
      this.noteIgnored(columns.ignored);
    }
    if (columns.isAggregated && batches.some(({ count }) => count > 0)) note(this.aggregated, name);
    if (lacksLineFeed) note(this.openEnded, name);
    let withoutId = 0;
    for (const rows of batches) {
      for (let row = 0; row < rows.count; row++) {
        if ((rows.outcome[row] ?? 0) > LAST_USABLE) continue;
        this.usableRows += 1;
        if (!rows.hasId(row)) withoutId += 1;
      }
    }
    if (withoutId > 0) note(this.withoutId, name);
    this.rowsWithoutId += withoutId;
  }

  /** Adds the notes of the chunks after these. */
  merge(next: this): void {
    this.noteIgnored(next.ignored);
    noteMore(this.ignoring, next.ignoring);
    noteMore(this.aggregated, next.aggregated);
    noteMore(this.openEnded, next.openEnded);
    noteMore(this.withoutId, next.withoutId);
    this.usableRows += next.usableRows;
    this.rowsWithoutId += next.rowsWithoutId;
  }

  private noteIgnored(columns: Iterable<string>): void {
    // One more than is named says that there are more.
    for (const ignored of columns) {
      if (this.ignored.size <= NAMED_MAX) this.ignored.add(ignored);
    }
  }

  addTo(findings: FindingList, stream: StreamName): void {
    const { ignoring, aggregated, withoutId, openEnded } = this;
    if (ignoring.count > 0) {
      const names = [...this.ignored].slice(0, NAMED_MAX).map((name) => quoted(name));
      const more = this.ignored.size > NAMED_MAX ? ' and more' : '';
      findings.add(
        'columns_ignored',
        ignoring.first,
        `columns of ${stream} that were not read, in ${counted(ignoring.count, 'chunk')}: ${names.join(', ')}${more}`,
      );
    }
    if (withoutId.count > 0) {
      const { column, repeated } = IDS[stream];
      findings.add(
        'ids_absent',
        withoutId.first,
        `no ${column} in ${this.rowsWithoutId} of ${counted(this.usableRows, 'used row')} of ${stream}: ${repeated}, and nobody can tell`,
      );
    }
    if (aggregated.count > 0) {
      findings.add(
        'trades_aggregated',
        aggregated.first,
        `the ids in ${counted(aggregated.count, 'chunk')} are those of aggregate trades: trade_count counts aggregates`,
      );
    }
    if (openEnded.count > 0) {
      const verb = openEnded.count === 1 ? 'ends' : 'end';
      findings.add(
        'no_final_line_feed',
        openEnded.first,
        `${counted(openEnded.count, 'chunk')} of ${stream} ${verb} without a line feed: the last row may be cut, and is used if it can be read`,
      );
    }
  }
}

/** Adds the findings of both streams. */
export function noteChunks(
  streams: Readonly<Record<StreamName, { readonly notes: ChunkNotes }>>,
  findings: FindingList,
): void {
  for (const stream of STREAMS) streams[stream].notes.addTo(findings, stream);
}

function note(chunks: Chunks, first: string): void {
  noteMore(chunks, { count: 1, first });
}

function noteMore(chunks: Chunks, { count, first }: Chunks): void {
  if (chunks.count === 0) chunks.first = first;
  chunks.count += count;
}
