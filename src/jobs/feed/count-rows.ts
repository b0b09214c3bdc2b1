/** Counts what comes of each symbol and stream, for metrics and the live page. */
import type { DuplicatesNote } from '../../core/feed/feed-note.js';
import type { LinePlan } from '../../core/feed/line-plan.js';
import { type StreamKind, streamOfKind, subscribedName } from '../../core/feed/stream-kind.js';
import type { RowFrame } from '../../core/frame/frame.js';
import type { StreamName } from '../../core/rule/symbol-day.js';

export interface FeedFigures {
  readonly lines: readonly LineFigures[];
  readonly streams: readonly StreamFigures[];
  /** Open now, or being opened or closed. */
  readonly connections: number;
  /** Since the start. */
  readonly connectionsTried: number;
  /** Frames that are none, or of a stream that was not subscribed. */
  readonly brokenFrames: number;
  /** Well-formed events that no chunk holds. */
  readonly otherFrames: number;
}

export interface LineFigures {
  readonly line: number;
  readonly kind: StreamKind;
  readonly symbols: number;
  /** Rows came a moment ago. */
  readonly isDelivering: boolean;
  /** Names such as `btcusdt@trade` that the exchange refused. */
  readonly refused: readonly string[];
}

export interface StreamFigures {
  readonly symbol: string;
  readonly stream: StreamName;
  readonly line: number;
  /** Rows and duplicates. */
  readonly frames: number;
  readonly rows: number;
  readonly duplicates: number;
  /** Arrival of the last frame; undefined before the first. */
  readonly lastFrameUs: number | undefined;
  /** Arrival of the last frame minus its event time, by two clocks; undefined before the first. */
  readonly lagUs: number | undefined;
}

export class Slot {
  readonly symbol: string;
  readonly stream: StreamName;
  readonly line: number;
  /** In its line. */
  readonly symbolIndex: number;
  /** In the feed. */
  index = 0;
  frames = 0;
  duplicates = 0;
  lastFrameUs: number | undefined;
  private duplicatesNoted = 0;
  private lastEventTime = '';
  private readonly kind: StreamKind;
  private readonly name: string;

  constructor({ index, kind }: LinePlan, symbol: string, symbolIndex: number) {
    this.symbol = symbol;
    this.stream = streamOfKind(kind);
    this.line = index;
    this.symbolIndex = symbolIndex;
    this.kind = kind;
    // Without the speed, which the exchange may leave out.
    this.name = subscribedName(kind, symbol).replace(/@100ms$/, '');
  }

  /** The frame is of the stream that was subscribed: only its name tells a snapshot from a change of the book. */
  takes(frame: RowFrame): boolean {
    if (frame.is === 'depth')
      return this.kind === 'depth' && frame.streamName.startsWith(this.name);
    return this.kind === (frame.isAggregate ? 'aggTrade' : 'trade');
  }

  count(frame: RowFrame, nowUs: number): void {
    this.frames += 1;
    this.lastFrameUs = nowUs;
    this.lastEventTime = frame.eventTime;
  }

  /** Of those since the last one; undefined if there are none. */
  duplicatesNote(atUs: number): DuplicatesNote | undefined {
    const rows = this.duplicates - this.duplicatesNoted;
    if (rows === 0) return undefined;
    this.duplicatesNoted = this.duplicates;
    return { is: 'duplicates', atUs, stream: this.stream, symbol: this.symbol, rows };
  }

  lagUs(): number | undefined {
    if (this.lastFrameUs === undefined) return undefined;
    // Milliseconds have 13 digits; spot can send microseconds, which have 16.
    const perUnitUs = this.lastEventTime.length > 13 ? 1 : 1_000;
    return this.lastFrameUs - Number(this.lastEventTime) * perUnitUs;
  }
}

export function makeSlots(plan: LinePlan): Slot[] {
  return plan.symbols.map((symbol, symbolIndex) => new Slot(plan, symbol, symbolIndex));
}

export function slotFigures(slot: Slot): StreamFigures {
  const { symbol, stream, line, frames, duplicates, lastFrameUs } = slot;
  const rows = frames - duplicates;
  return { symbol, stream, line, frames, rows, duplicates, lastFrameUs, lagUs: slot.lagUs() };
}
