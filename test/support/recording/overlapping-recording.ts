/**
 * Recordings of half an hour in which everything happens that meets at a cut: rows that arrive early or
 * late, two recorders that overlap, ids out of order within a millisecond, gaps in ids, damaged rows.
 */
import * as fc from 'fast-check';
import { book, chunk, depthHeader, levels, trade, tradesHeader } from '../oracle/raw-text.js';
import type { OracleObject } from '../oracle/reading.js';

const MINUTE_MS = 60_000;
/** Chunks of each stream: minutes, or hours. */
const CHUNKS = 24;
/** Trades and snapshots every so often. */
const STEP_MS = 5_000;

/** What happens to one row. */
interface Fate {
  /** Of another time than its turn, as where clocks and threads of a recorder disagree. */
  readonly shiftMs: number;
  /** Chunk minutes after its time. */
  readonly later: number;
  /** Recorded by the other recorder too, so many chunk minutes later; undefined: by one alone. */
  readonly again: number | undefined;
  readonly price: string;
  readonly id: 'own' | 'none' | 'text' | 'other' | 'skipped';
  readonly damage: 'none' | 'cut' | 'ADL';
}

const often = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 60, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

function fates(texts: boolean): fc.Arbitrary<Fate[]> {
  const fate: fc.Arbitrary<Fate> = fc.record({
    shiftMs: fc.constantFrom(0, 0, 0, 1, -1, STEP_MS, -STEP_MS, 2 * STEP_MS),
    later: fc.oneof(
      { weight: 40, arbitrary: fc.constantFrom(0, 0, 0, 1) },
      { weight: 1, arbitrary: fc.constantFrom(2, 3, 5, -1) },
    ),
    again: often<number | undefined>(undefined, 0, 1, 1, 2),
    price: fc.constantFrom('64000', '64000.1', '63999.95', '64001.123', '9007199254740993.5'),
    id: often<Fate['id']>('own', 'none', 'other', 'skipped', texts ? 'text' : 'none'),
    damage: often<Fate['damage']>('none', 'cut', 'ADL'),
  });
  const rows = (CHUNKS * MINUTE_MS) / STEP_MS;
  return fc.array(fate, { minLength: rows, maxLength: rows, size: 'max' });
}

interface Placed {
  readonly stream: 'trades' | 'depth';
  readonly minute: number;
  readonly part: string;
  readonly line: string;
}

/** `span`: minutes of a chunk; all times are stretched by it. */
function placed(stream: Placed['stream'], all: readonly Fate[], span: number): Placed[] {
  return all.flatMap((fate, index): Placed[] => {
    const offsetMs = Math.max(0, index * STEP_MS * span + fate.shiftMs);
    const id = idOf(fate, index);
    const whole =
      stream === 'trades'
        ? trade(
            offsetMs,
            fate.price,
            '0.5',
            String(index % 3 === 0),
            id,
            fate.damage === 'ADL' ? 'ADL' : '',
          )
        : book(
            offsetMs,
            levels(64_000, -1, '1.5', 20 - (index % 2)),
            levels(64_001, 1, '0.25'),
            id,
          );
    const line = fate.damage === 'cut' ? whole.slice(0, 20) : whole;
    const minute = (Math.floor(offsetMs / (MINUTE_MS * span)) + fate.later) * span;
    const again =
      fate.again === undefined
        ? []
        : [{ stream, minute: minute + fate.again * span, part: '_b', line }];
    return [{ stream, minute, part: '', line }, ...again];
  });
}

function idOf({ id }: Fate, index: number): string {
  switch (id) {
    case 'own':
      return String(1_000 + index);
    case 'other':
      return String(1_000 + ((index * 7) % 200));
    case 'skipped':
      return String(5_000 + index);
    case 'text':
      return `x${index}`;
    default:
      return '';
  }
}

function objectsOf(rows: readonly Placed[], span: number): OracleObject[] {
  const byChunk = Map.groupBy(rows, ({ stream, minute, part }) => `${stream} ${minute}${part}`);
  return [...byChunk.values()].flatMap((together) => {
    const [first] = together;
    if (first === undefined) return [];
    const header =
      first.stream === 'trades' ? `${tradesHeader},trade_id,exec_type` : `${depthHeader},update_id`;
    const lines = together.map(({ line }) => line);
    const { name, content } = chunk(
      first.stream,
      first.minute,
      [header, ...lines],
      `${first.part}.csv`,
    );
    return [{ name: span === 1 ? name : name.replace(/-00(?=(?:_b)?\.csv$)/u, ''), content }];
  });
}

export interface OverlappingOptions {
  /** Some ids are texts. */
  readonly texts?: boolean;
  /** Minutes of a chunk: 1, or 60 in the layout HOURS. */
  readonly span?: 1 | 60;
}

export const HOURS = '{symbol}/{stream}/{date}/{hour}.csv';

export function overlappingRecordings({
  texts = false,
  span = 1,
}: OverlappingOptions = {}): fc.Arbitrary<OracleObject[]> {
  return fc
    .tuple(fates(texts), fates(texts))
    .map(([trades, depth]) =>
      objectsOf([...placed('trades', trades, span), ...placed('depth', depth, span)], span),
    );
}
