/**
 * The open or the close of every bar, by Order (docs/INPUT.md): time in milliseconds; within one
 * millisecond trade id if every trade has a numeric one, else reading order. Trades may come in any
 * order, late or from another part of the day. A later one may lack an id, so both candidates of the
 * millisecond are kept until the end.
 */
import { ExactCells } from '../grid/exact-cells.js';

/** What puts a trade in Order. */
export interface TradeKey {
  readonly timeMs: number;
  /** Place in reading order. */
  readonly sequence: number;
  /** NaN: no numeric id. */
  readonly id: number;
}

const FIRST_WINS = -1;
const LAST_WINS = 1;

const NO_CANDIDATE = 0;
const BY_SEQUENCE = 1;
const BY_ID = 2;

export class EdgePrices {
  private readonly winner: number;
  /** NaN: no trade yet. */
  private readonly timeMs: Float64Array;
  private readonly sequence: Float64Array;
  private readonly bySequence: ExactCells;
  /** NaN: a trade of the millisecond has no numeric id, so reading order decides. */
  private readonly id: Float64Array;
  private readonly idSequence: Float64Array;
  private readonly byId: ExactCells;

  constructor(edge: 'open' | 'close', length: number) {
    this.winner = edge === 'open' ? FIRST_WINS : LAST_WINS;
    this.timeMs = new Float64Array(length).fill(Number.NaN);
    this.sequence = new Float64Array(length);
    this.bySequence = new ExactCells(length);
    this.id = new Float64Array(length);
    this.idSequence = new Float64Array(length);
    this.byId = new ExactCells(length);
  }

  /** The cells that hold the price of this bar. */
  cellsOf(bar: number): ExactCells {
    return Number.isNaN(this.id[bar]) ? this.bySequence : this.byId;
  }

  get hasWide(): boolean {
    return this.bySequence.wide.size + this.byId.wide.size > 0;
  }

  raise(decimals: number): void {
    this.bySequence.raise(decimals);
    this.byId.raise(decimals);
  }

  /** True when a trade at `timeMs` may decide the price of the bar. */
  isOpenTo(bar: number, timeMs: number): boolean {
    return !((timeMs - (this.timeMs[bar] ?? Number.NaN)) * this.winner < 0);
  }

  /** Offers a trade whose price at the grid's scale is a safe integer. Requires that no cell is wide. */
  offerSafe(bar: number, timeMs: number, sequence: number, id: number, mantissa: number): void {
    const place = this.placeOf(bar, timeMs, sequence, id);
    if ((place & BY_SEQUENCE) !== 0) this.bySequence.safe[bar] = mantissa;
    if ((place & BY_ID) !== 0) this.byId.safe[bar] = mantissa;
  }

  offer(bar: number, { timeMs, sequence, id }: TradeKey, mantissa: bigint): void {
    const place = this.placeOf(bar, timeMs, sequence, id);
    if ((place & BY_SEQUENCE) !== 0) this.bySequence.set(bar, mantissa);
    if ((place & BY_ID) !== 0) this.byId.set(bar, mantissa);
  }

  /** Offers both candidates of a bar of `source`, their prices times 10^decimals. */
  absorb(source: EdgePrices, index: number, bar: number, decimals: number): void {
    const timeMs = source.timeMs[index] ?? Number.NaN;
    const sequence = source.sequence[index] ?? 0;
    const idSequence = source.idSequence[index] ?? 0;
    const id = source.id[index] ?? Number.NaN;
    const hasIds = !Number.isNaN(id);
    if (hasIds) {
      const place = this.placeOf(bar, timeMs, idSequence, id);
      this.setRaised(bar, place, source.byId, index, decimals);
    }
    if (hasIds && sequence === idSequence) return;
    // This candidate wins by reading order alone: give it an id that cannot win.
    const losing = hasIds ? -this.winner * Number.POSITIVE_INFINITY : Number.NaN;
    const place = this.placeOf(bar, timeMs, sequence, losing);
    this.setRaised(bar, place, source.bySequence, index, decimals);
  }

  private setRaised(
    bar: number,
    place: number,
    source: ExactCells,
    index: number,
    decimals: number,
  ): void {
    if ((place & BY_SEQUENCE) !== 0) this.bySequence.setRaised(bar, source, index, decimals);
    if ((place & BY_ID) !== 0) this.byId.setRaised(bar, source, index, decimals);
  }

  /** Notes the trade's key if it wins. Returns a bit for each of the two candidates that it becomes. */
  private placeOf(bar: number, timeMs: number, sequence: number, id: number): number {
    const { winner } = this;
    const further = (timeMs - (this.timeMs[bar] ?? Number.NaN)) * winner;
    if (further < 0) return NO_CANDIDATE;
    if (further !== 0) {
      this.timeMs[bar] = timeMs;
      this.sequence[bar] = sequence;
      this.id[bar] = id;
      this.idSequence[bar] = sequence;
      return BY_SEQUENCE | BY_ID;
    }
    let place = NO_CANDIDATE;
    if ((sequence - (this.sequence[bar] ?? 0)) * winner > 0) {
      this.sequence[bar] = sequence;
      place |= BY_SEQUENCE;
    }
    const idFurther = (id - (this.id[bar] ?? 0)) * winner;
    if (Number.isNaN(idFurther)) {
      this.id[bar] = Number.NaN;
    } else if (idFurther > 0 || (idFurther === 0 && this.isFurtherOfId(bar, sequence))) {
      this.id[bar] = id;
      this.idSequence[bar] = sequence;
      place |= BY_ID;
    }
    return place;
  }

  /** Two id texts may be the same number (`7`, `007`): reading order decides between them. */
  private isFurtherOfId(bar: number, sequence: number): boolean {
    return (sequence - (this.idSequence[bar] ?? 0)) * this.winner > 0;
  }
}
