/** Folds the rows and notes of a segment, in order, into its evidence. */
import type { DoubtNote, FeedNote, OpenedNote } from '../feed/feed-note.js';
import { SIDECAR_LIST_MAX } from '../sidecar/sidecar.js';
import type {
  LineMinute,
  Minute,
  MinuteConnection,
  MinuteDoubt,
  Pause,
  SlotMinute,
} from './minute.js';
import type { RowReader } from './row-reader.js';
import type { SegmentHead } from './segment.js';
import { type Slot, slotKey } from './slots.js';

/** A line that delivers no row for longer has paused. */
export const PAUSE_US_MIN = 2_000_000;

type Growing<T> = { -readonly [Field in keyof T]: T[Field] };
type GrowingLine = Growing<Omit<LineMinute, 'pauses'>> & { readonly pauses: Pause[] };

export class MinuteFold {
  private readonly head: SegmentHead;
  private readonly lineOf: readonly number[];
  private readonly indexOf: ReadonlyMap<string, number>;
  private readonly slots: Growing<SlotMinute>[];
  private readonly lines: GrowingLine[];
  private readonly connections = new Map<number, Growing<MinuteConnection>>();
  private readonly stalls: Pause[] = [];
  private readonly doubts: MinuteDoubt[] = [];
  private connectionsOmitted = 0;
  private doubtsOmitted = 0;
  private framesBroken = 0;
  private lastUs: number;
  private isEnded = false;
  private lagUsMin = Infinity;
  private lagUsMax = -Infinity;
  private roundTripUsMin = Infinity;

  constructor(head: SegmentHead, slots: readonly Slot[]) {
    this.head = head;
    this.lineOf = slots.map(({ line }) => line);
    this.indexOf = new Map(slots.map((slot) => [slotKey(slot), slot.index]));
    this.slots = slots.map(() => ({
      rows: 0,
      duplicates: 0,
      firstId: null,
      lastId: null,
      firstUs: null,
      lastUs: null,
    }));
    this.lines = head.lines.map(() => ({ firstUs: null, lastUs: null, pauses: [] }));
    this.lastUs = head.fromUs;
    for (const opened of head.open) this.open(opened);
  }

  row({ slot: index, id, receiveUs, eventUs }: RowReader): void {
    const slot = this.slots[index];
    const line = this.lines[this.lineOf[index] ?? 0];
    if (slot === undefined || line === undefined) return;
    slot.rows++;
    slot.firstId ??= id;
    slot.lastId = id;
    slot.firstUs ??= receiveUs;
    slot.lastUs = receiveUs;
    line.firstUs ??= receiveUs;
    if (line.lastUs !== null && receiveUs - line.lastUs > PAUSE_US_MIN) {
      line.pauses.push({ fromUs: line.lastUs, toUs: receiveUs });
    }
    line.lastUs = receiveUs;
    if (receiveUs > this.lastUs) this.lastUs = receiveUs;
    const lagUs = receiveUs - eventUs;
    if (lagUs < this.lagUsMin) this.lagUsMin = lagUs;
    if (lagUs > this.lagUsMax) this.lagUsMax = lagUs;
  }

  note(note: FeedNote): void {
    this.lastUs = Math.max(this.lastUs, note.atUs);
    switch (note.is) {
      case 'opened':
        this.open(note);
        return;
      case 'closed': {
        const connection = this.connections.get(note.connection);
        if (connection !== undefined) connection.closedUs = note.atUs;
        if (connection !== undefined) connection.closedWhy = note.why;
        return;
      }
      case 'doubt':
        this.doubt(note);
        return;
      case 'stalled':
        this.stalls.push({ fromUs: note.sinceUs, toUs: note.atUs });
        return;
      case 'pong':
        this.roundTripUsMin = Math.min(this.roundTripUsMin, note.roundTripUs);
        return;
      case 'duplicates': {
        const slot = this.slots[this.indexOf.get(slotKey(note)) ?? -1];
        if (slot !== undefined) slot.duplicates += note.rows;
        return;
      }
      case 'broken':
        this.framesBroken++;
        return;
      case 'garbage':
        this.framesBroken += note.frames;
        return;
      case 'ended':
        this.isEnded = true;
        return;
      default:
    }
  }

  finish(): Minute {
    return {
      head: this.head,
      lastUs: this.lastUs,
      isEnded: this.isEnded,
      slots: this.slots,
      lines: this.lines,
      lagUsMin: finiteOrNull(this.lagUsMin),
      lagUsMax: finiteOrNull(this.lagUsMax),
      roundTripUsMin: finiteOrNull(this.roundTripUsMin),
      framesBroken: this.framesBroken,
      connections: [...this.connections.values()],
      connectionsOmitted: this.connectionsOmitted,
      stalls: this.stalls,
      doubts: this.doubts,
      doubtsOmitted: this.doubtsOmitted,
    };
  }

  private open({ connection, line, route, why, atUs }: OpenedNote): void {
    if (this.connections.size === SIDECAR_LIST_MAX) {
      this.connectionsOmitted++;
      return;
    }
    const closing = { closedUs: null, closedWhy: null };
    this.connections.set(connection, { connection, line, route, why, openedUs: atUs, ...closing });
  }

  private doubt({ line, atUs, doubt, symbol, sinceUs }: DoubtNote): void {
    if (this.doubts.length === SIDECAR_LIST_MAX) this.doubtsOmitted++;
    else this.doubts.push({ line, atUs, doubt, symbol: symbol ?? null, sinceUs });
  }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
