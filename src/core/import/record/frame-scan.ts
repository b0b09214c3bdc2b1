/**
 * What a file of frames has of each symbol, found in a pass before its rows are made: whether aggregates stand beside
 * trades, and whether depth frames without a stream's name are snapshots.
 */
import { decodeFrame, type DepthFrame, type Level } from '../../frame/frame.js';
import { utf8Of } from '../byte-text.js';
import { frameLine } from './frame-line.js';

export interface ScannedFrames {
  /** Symbols, as the frames write them, with single trades. */
  readonly ofTrades: ReadonlySet<string>;
  readonly ofAggregates: ReadonlySet<string>;
  /** Whose depth frames on their own are snapshots. */
  readonly ofSnapshots: ReadonlySet<string>;
  /** Whose depth frames are snapshots, by their stream's name or on their own. */
  readonly ofBooks: ReadonlySet<string>;
}

/** All of them that become rows. */
export function symbolsOf({ ofTrades, ofAggregates, ofBooks }: ScannedFrames): ReadonlySet<string> {
  return new Set([...ofTrades, ...ofAggregates, ...ofBooks]);
}

const TELLING_LEVELS = 20;
/** `btcusdt@depth20@100ms`. */
const SNAPSHOT_STREAM = /@depth(?:5|10|20)(?:@|$)/;
const SYMBOL_PATTERN = /"s"\s*:\s*"([^"]+)"/;

export function isSnapshotStream(name: string): boolean {
  return SNAPSHOT_STREAM.test(name);
}

export class FrameScan {
  private readonly ofTrades = new Set<string>();
  private readonly ofAggregates = new Set<string>();
  /** Symbols with depth frames on their own, and those of which one is a change. */
  private readonly onTheirOwn = new Set<string>();
  private readonly changes = new Set<string>();
  private readonly named = new Set<string>();

  line(line: string): void {
    const depth = line.includes('depthUpdate');
    if (!depth && !line.includes('rade"')) return;
    const found = frameLine(line);
    if (found === undefined || 'skipped' in found) return;
    if (depth) this.depth(found.json);
    else this.trade(found.json);
  }

  end(): ScannedFrames {
    const ofSnapshots = new Set([...this.onTheirOwn].filter((symbol) => !this.changes.has(symbol)));
    const { ofTrades, ofAggregates } = this;
    const ofBooks = new Set([...this.named, ...ofSnapshots]);
    return { ofTrades, ofAggregates, ofSnapshots, ofBooks };
  }

  private trade(json: string): void {
    const symbol = SYMBOL_PATTERN.exec(json)?.[1];
    if (symbol === undefined) return;
    if (/"e"\s*:\s*"aggTrade"/.test(json)) this.ofAggregates.add(utf8Of(symbol));
    else if (/"e"\s*:\s*"trade"/.test(json)) this.ofTrades.add(utf8Of(symbol));
  }

  private depth(json: string): void {
    const written = SYMBOL_PATTERN.exec(json)?.[1];
    const symbol = written === undefined ? undefined : utf8Of(written);
    const streamName = /"stream"\s*:\s*"([^"]+)"/.exec(json)?.[1];
    if (symbol === undefined) return;
    if (streamName !== undefined) {
      if (isSnapshotStream(streamName)) this.named.add(symbol);
      return;
    }
    if (this.changes.has(symbol)) return;
    const frame = decodeFrame(utf8Of(json));
    if (frame.is !== 'depth') return;
    this.onTheirOwn.add(symbol);
    if (!looksLikeSnapshot(frame)) this.changes.add(symbol);
  }
}

function looksLikeSnapshot({ bids, asks }: DepthFrame): boolean {
  const isWhole = bids.length === TELLING_LEVELS && asks.length === TELLING_LEVELS;
  return isWhole && isFalling(bids) && isFalling(asks.toReversed());
}

/** The prices, with something at each. Numbers are good enough to tell the order. */
function isFalling(levels: readonly Level[]): boolean {
  return levels.every(([price, quantity], index) => {
    const before = levels[index - 1];
    return Number(quantity) > 0 && (before === undefined || Number(price) < Number(before[0]));
  });
}
