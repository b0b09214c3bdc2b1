/**
 * The columns that both streams share, growable: well-formed rows of one chunk in file order until they
 * are sorted. It holds rows and decides nothing about them.
 */

/** Outcomes of a row (docs/INPUT.md). Their order is not the order of the rules. */
export const USED = 0;
/** Depth only: fewer than 20 levels on a side. Used for the spread, not for imbalance_l20. */
export const SHORT = 1;
export const NEIGHBOUR_DAY = 2;
export const EXCLUDED = 3;
export const DUPLICATE = 4;
export const ONE_SIDED = 5;
export const CROSSED = 6;
export const UNORDERED = 7;

/** Rows up to this code reach the folds. */
export const LAST_USABLE = 1;

/** Digits of an epoch: milliseconds, microseconds, nanoseconds. */
export const EPOCH_DIGITS: readonly number[] = [13, 16, 19];
export const MILLISECOND_DIGITS = 13;

/** Three columns of doubles and two of bytes. */
const ROW_BYTES = 3 * 8 + 2;
const TEXT_ID_BYTES = 100;

export class RowColumns {
  count = 0;
  capacity: number;
  /** Exchange time, cut to milliseconds since the epoch. */
  timeMs: Float64Array;
  /** Position in reading order within the day's plan; strictly increasing. */
  sequence: Float64Array;
  /** Trade or update id if it is plain digits without a leading zero and below 2^53; else NaN. */
  id: Float64Array;
  /** All other non-empty ids, by row. */
  readonly textId: Map<number, string> = new Map();
  /** 1: a price or quantity is not positive, or the exec_type is off-book. */
  excluded: Uint8Array;
  /** USED … UNORDERED, written by row/admit. */
  outcome: Uint8Array;
  /** 0, or after the first row 13, 16 or 19. */
  epochDigits = 0;
  /** Well-formed rows have different epoch units: the chunk is unreadable. */
  mixesEpochs = false;

  constructor(capacity: number) {
    this.capacity = Math.max(1, capacity);
    this.timeMs = new Float64Array(this.capacity);
    this.sequence = new Float64Array(this.capacity);
    this.id = new Float64Array(this.capacity);
    this.excluded = new Uint8Array(this.capacity);
    this.outcome = new Uint8Array(this.capacity);
  }

  /** Forgets all rows. The columns keep their memory. */
  protected forgetRows(): void {
    this.count = 0;
    this.textId.clear();
    this.epochDigits = 0;
    this.mixesEpochs = false;
  }

  /** Copies the shared cells of rows of `source` behind the last row, for which there is room. */
  protected copyShared(source: RowColumns, from: number, to: number): void {
    const at = this.count;
    this.timeMs.set(source.timeMs.subarray(from, to), at);
    this.sequence.set(source.sequence.subarray(from, to), at);
    this.id.set(source.id.subarray(from, to), at);
    this.excluded.set(source.excluded.subarray(from, to), at);
    this.outcome.set(source.outcome.subarray(from, to), at);
    for (let row = from; source.textId.size > 0 && row < to; row++) {
      const text = source.textId.get(row);
      if (text !== undefined) this.textId.set(at + row - from, text);
    }
    this.epochDigits = source.epochDigits;
    this.count = at + to - from;
  }

  /** Doubles the capacity, up to `capacityMax`. Every column is a new array afterwards. */
  grow(capacityMax: number = Number.POSITIVE_INFINITY): void {
    this.capacity = Math.min(this.capacity * 2, capacityMax);
    this.timeMs = grownFloats(this.timeMs, this.capacity);
    this.sequence = grownFloats(this.sequence, this.capacity);
    this.id = grownFloats(this.id, this.capacity);
    this.excluded = grownBytes(this.excluded, this.capacity);
    this.outcome = grownBytes(this.outcome, this.capacity);
  }

  /** Appends the shared cells of a row. The caller has made room and fills the rest. Returns the row. */
  appendRow(timeMs: number, epochDigits: number, id: string, excluded: boolean): number {
    const row = this.count;
    this.count += 1;
    this.timeMs[row] = timeMs;
    this.noteEpoch(epochDigits);
    this.setId(row, id);
    this.excluded[row] = excluded ? 1 : 0;
    return row;
  }

  noteEpoch(digits: number): void {
    if (this.epochDigits === 0) this.epochDigits = digits;
    else if (this.epochDigits !== digits) this.mixesEpochs = true;
  }

  setId(row: number, id: string): void {
    const isNumeric = /^(?:0|[1-9]\d{0,15})$/.test(id) && Number.isSafeInteger(Number(id));
    this.id[row] = isNumeric ? Number(id) : Number.NaN;
    if (!isNumeric && id !== '') this.textId.set(row, id);
  }

  /** The id as a number, for counting and ordering (`007` is 7); NaN if not numeric or beyond 2^53. */
  idNumber(row: number): number {
    const id = this.id[row] ?? Number.NaN;
    if (!Number.isNaN(id) || this.textId.size === 0) return id;
    const text = this.textId.get(row);
    const number = text !== undefined && /^0*\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(number) ? number : Number.NaN;
  }

  hasId(row: number): boolean {
    return !Number.isNaN(this.id[row]) || this.textId.has(row);
  }

  /** Bytes of the columns; a text id counts with a typical length. */
  get sizeBytes(): number {
    return this.capacity * ROW_BYTES + this.textId.size * TEXT_ID_BYTES;
  }

  /** The part of these bytes that holds rows. */
  get usedBytes(): number {
    return Math.ceil((this.sizeBytes * this.count) / this.capacity);
  }
}

export function grownFloats(column: Float64Array, capacity: number): Float64Array {
  const grown = new Float64Array(capacity);
  grown.set(column);
  return grown;
}

export function grownBytes(column: Uint8Array, capacity: number): Uint8Array {
  const grown = new Uint8Array(capacity);
  grown.set(column);
  return grown;
}
