/** What the local exchange is told, as JSON-able data: its market, its limits, and the faults it makes. */

export interface ExchangeOptions {
  readonly market: GeneratedMarket | ReplayedMarket;
  /** The market begins once so many different streams were subscribed; 0: at once. */
  readonly awaitStreams?: number;
  /** Life of a connection: the exchange's 24 hours in small. */
  readonly lifetimeMs?: number;
  /** How a life ends: with a close frame 1008, or without a word. */
  readonly lifetimeEnd?: 'frame' | 'abrupt';
  /** Between two pings of the server. */
  readonly pingMs?: number;
  /** A client that answers no ping for so long is cut. */
  readonly pongMaxMs?: number;
  /** Faults by time since the start. */
  readonly faults?: readonly { readonly atMs: number; readonly fault: Fault }[];
}

/** Some symbols with trades and snapshots at steady rates. Ids go on whether somebody listens or not. */
export interface GeneratedMarket {
  readonly is: 'generated';
  readonly symbols: readonly string[];
  /** For each symbol. */
  readonly tradesPerSecond: number;
  readonly snapshotsPerSecond: number;
}

/** Recorded frames (lines `<time> <json>`), and chunks of depth, at a multiple of the speed they were sent at. */
export interface ReplayedMarket {
  readonly is: 'replayed';
  readonly paths: readonly string[];
  readonly factor: number;
  /** Added to `E` and `T` of every event; `now`: so that the first event happens now. */
  readonly shiftMs: number | 'now';
}

/** Which connections and streams a fault is about; what is absent is any. */
export interface FaultPlace {
  /** Counts connections up from 1. */
  readonly connection?: number;
  /** `/public`, `/market`; empty for the legacy address. */
  readonly route?: string;
  /** A regular expression over names of streams. */
  readonly stream?: string;
}

/** Without `forMs` it lasts for ever. */
interface Lasting {
  readonly on?: FaultPlace;
  readonly forMs?: number;
}

/** Acknowledges and sends nothing of these streams. */
interface Silence extends Lasting {
  readonly is: 'silent';
}
/** Snapshots of one content, with ids and times that go on. */
interface Frozen extends Lasting {
  readonly is: 'frozen';
}
/** Every event twice. */
interface Twice extends Lasting {
  readonly is: 'twice';
}
/** Requests are not answered. */
interface Mute extends Lasting {
  readonly is: 'mute';
}
/** SUBSCRIBE of these streams is answered with an error. */
interface Unknown extends Lasting {
  readonly is: 'unknown';
}
/** Everything is sent so much later. */
interface Delay extends Lasting {
  readonly is: 'delay';
  readonly byMs: number;
}
/** Holds everything back, then sends it at once. */
interface Burst extends Lasting {
  readonly is: 'burst';
  readonly forMs: number;
}
/** Reads nothing and writes nothing; TCP stays open, and new connections wait as well. */
interface NetworkCut {
  readonly is: 'network-cut';
  readonly forMs: number;
}
/** New connections get this HTTP status. */
interface Refusal extends Lasting {
  readonly is: 'refusal';
  readonly status: number;
}
/** A client's close frame is answered so much later. */
interface SlowClose extends Lasting {
  readonly is: 'slow-close';
  readonly byMs: number;
}
interface Cut {
  readonly is: 'cut';
  readonly on?: FaultPlace;
  /** Of the close frame; undefined: TCP ends without one. */
  readonly code?: number;
  readonly reason?: string;
}
export type GarbageKind = 'truncated' | 'binary' | 'unknown-event' | 'no-object' | 'foreign-symbol';
interface Garbage {
  readonly is: 'garbage';
  readonly on?: FaultPlace;
  readonly kind: GarbageKind;
  readonly frames: number;
}
/** The market has no more events. */
interface MarketEnd {
  readonly is: 'market-end';
}

export type LastingFault =
  | Silence
  | Frozen
  | Twice
  | Mute
  | Unknown
  | Delay
  | Burst
  | Refusal
  | SlowClose;
export type Fault = LastingFault | NetworkCut | Cut | Garbage | MarketEnd;
