/**
 * One session of a recorder: connects, spools and stores until it is stopped, and finishes beside it what dead sessions left. Rows go from
 * the feed into the spool in the order of their arrival; everything else is told to the log.
 */
import type { FeedNote } from '../../core/feed/feed-note.js';
import { planLines } from '../../core/feed/line-plan.js';
import { LINE_TIMES } from '../../core/feed/line-times.js';
import { type FeedMarket, type StreamKind, streamOfKind } from '../../core/feed/stream-kind.js';
import { rowText } from '../../core/frame/chunk-text.js';
import type { TradesForm } from '../../core/spool/slots.js';
import type { Feed, FeedEffects, FeedRow } from '../feed/open-feed.js';
import { openFeed } from '../feed/open-feed.js';
import type { FeedFigures } from '../feed/count-rows.js';
import {
  openSpool,
  type Spool,
  type SpoolEffects,
  type SpoolFigures,
  type SpoolLeft,
} from '../spool/open-spool.js';
import { logNote } from './log-note.js';

export interface RecordRequest {
  readonly symbols: readonly string[];
  readonly kinds: readonly StreamKind[];
  readonly market: FeedMarket;
  /** Without route. */
  readonly endpoint: string;
  readonly span: '1m' | '1h';
  readonly isGzip: boolean;
  /** In the names of all that this session stores. */
  readonly part: string;
  readonly renewAfterMs: number;
  readonly spoolBytesMax: number;
  /** Undefined: until stopped. */
  readonly forMs: number | undefined;
}

export type RecordEffects = SpoolEffects &
  Pick<FeedEffects, 'sockets'> & {
    readonly arrival: FeedEffects['clock'];
  };

/** What a session says of itself while it runs. */
export interface SessionFigures {
  /** It was told to, and finishes what it has. */
  readonly isStopping: boolean;
  readonly part: string;
  readonly startedUs: number;
  readonly nowUs: number;
  readonly feed: FeedFigures;
  readonly spool: SpoolFigures;
}

export interface SessionEnd extends SpoolLeft {
  /** `clock`: the wall clock was put back by so much that a further session with a clock of its own has to follow. */
  readonly why: 'stopped' | 'over' | 'clock';
  readonly figures: SessionFigures;
}

/** How often connections are looked after, and the minute is. */
const TICK_MS = 100;
/** Chunks are cut by the arrival clock: further ahead of the wall clock, they would be named wrongly for long. */
const AHEAD_US_MAX = 2_000_000;
/** How often a session says in the log what it does. */
const REPORT_US = 60_000_000;

/** `stopped`: settles when it has to end. `onOpen` gets a function that tells how it goes. Throws the error that ended it. */
export async function recordSession(
  request: RecordRequest,
  effects: RecordEffects,
  stopped: Promise<unknown>,
  onOpen: (figures: () => SessionFigures) => void,
): Promise<SessionEnd> {
  const startedUs = effects.arrival.nowUs();
  const spool = await beginSpool(request, startedUs, effects, stopped);
  const feed = beginFeed(request, spool, effects);
  void spool.recover();
  const state = { isStopping: false };
  const figures = (): SessionFigures => ({
    ...state,
    part: request.part,
    startedUs,
    nowUs: effects.arrival.nowUs(),
    feed: feed.figures(),
    spool: spool.figures(),
  });
  onOpen(figures);
  const ending = watchEnd(stopped, spool);
  const why = await runUntil(ending, { feed, spool, figures }, request.forMs, effects);
  state.isStopping = true;
  const left = await endSession(feed, spool, ending.hasFailed(), effects);
  await ending.failure();
  return { ...left, why, figures: figures() };
}

async function beginSpool(
  { symbols, kinds, market, endpoint, span, isGzip, part, spoolBytesMax }: RecordRequest,
  startUs: number,
  effects: RecordEffects,
  stopped: Promise<unknown>,
): Promise<Spool> {
  const lines = planLines(symbols, kinds).map(({ kind, symbols: some }) => ({
    stream: streamOfKind(kind),
    symbols: some,
  }));
  const trades: TradesForm = kinds.includes('aggTrade') ? 'aggregates' : 'trades';
  const session = { part, market, endpoint, span, isGzip, trades, lines, startUs, spoolBytesMax };
  return await openSpool(session, effects, stopped);
}

function beginFeed(
  { symbols, kinds, market, endpoint, renewAfterMs }: RecordRequest,
  spool: Spool,
  { sockets, arrival, random, log }: RecordEffects,
): Feed {
  const slots = { trades: new Map<string, number>(), depth: new Map<string, number>() };
  for (const { stream, symbol, index } of spool.slots) slots[stream].set(symbol, index);
  const onRow = ({ frame, stream, symbol, receiveUs }: FeedRow): void => {
    const slot = slots[stream].get(symbol);
    if (slot !== undefined) spool.row(slot, rowText(frame, String(receiveUs)), receiveUs);
  };
  const onNote = (note: FeedNote): void => {
    spool.note(note);
    logNote(note, log);
  };
  const renewJitterMs = Math.min(LINE_TIMES.renewJitterMs, renewAfterMs / 4);
  const times = { renewAfterMs, renewJitterMs };
  const asked = { endpoint, market, kinds, symbols, times };
  return openFeed(asked, { sockets, clock: arrival, random, onRow, onNote });
}

interface Ending {
  readonly isDue: () => boolean;
  readonly hasFailed: () => boolean;
  /** Throws what the spool failed with. */
  readonly failure: () => Promise<void>;
}

function watchEnd(stopped: Promise<unknown>, { failed }: Spool): Ending {
  let end: 'none' | 'stopped' | 'failed' = 'none';
  const failing = failed.catch((error: unknown) => {
    end = 'failed';
    throw error;
  });
  failing.catch(() => undefined);
  void stopped.then(() => {
    if (end === 'none') end = 'stopped';
  });
  return {
    isDue: () => end !== 'none',
    hasFailed: () => end === 'failed',
    failure: async () => {
      if (end === 'failed') await failing;
    },
  };
}

interface Running {
  readonly feed: Feed;
  readonly spool: Spool;
  readonly figures: () => SessionFigures;
}

async function runUntil(
  ending: Ending,
  { feed, spool, figures }: Running,
  forMs: number | undefined,
  { arrival, clock, log }: RecordEffects,
): Promise<SessionEnd['why']> {
  const startUs = arrival.nowUs();
  const endUs = forMs === undefined ? Number.POSITIVE_INFINITY : startUs + forMs * 1_000;
  let reportUs = startUs + REPORT_US;
  let isPaused = false;
  while (!ending.isDue()) {
    const nowUs = arrival.nowUs();
    if (nowUs >= endUs) return 'over';
    if (arrival.aheadUs() > AHEAD_US_MAX) return 'clock';
    feed.tick();
    spool.tick(nowUs);
    const { isPressed } = spool.figures();
    if (isPressed !== isPaused) {
      isPaused = isPressed;
      log.event('WARNING', isPaused ? 'reception_paused' : 'reception_resumed', {});
      if (isPaused) feed.pause();
      else feed.resume();
    }
    if (nowUs >= reportUs) {
      // One line after a machine slept, not one for each minute of it.
      reportUs = nowUs + REPORT_US;
      log.event('INFO', 'recording', reportFields(figures()));
    }
    await clock.waitMs(TICK_MS);
  }
  return 'stopped';
}

/** A disk that failed gets no time to upload, but what it holds stays. */
async function endSession(
  feed: Feed,
  spool: Spool,
  hasFailed: boolean,
  { clock, arrival }: RecordEffects,
): Promise<SpoolLeft> {
  const state = { isClosed: false };
  const closing = feed.stop().then(() => {
    state.isClosed = true;
  });
  while (!state.isClosed) {
    feed.tick();
    spool.tick(arrival.nowUs());
    await clock.waitMs(TICK_MS);
  }
  await closing;
  return await spool.stop(hasFailed ? 0 : undefined);
}

/** The line `recording` of the log, once a minute. */
function reportFields({ feed, spool }: SessionFigures): Readonly<Record<string, unknown>> {
  const lags = feed.streams.flatMap(({ lagUs }) => (lagUs === undefined ? [] : [lagUs]));
  return {
    rows: spool.rows,
    duplicates: feed.streams.reduce((sum, { duplicates }) => sum + duplicates, 0),
    broken_frames: feed.brokenFrames,
    lines: feed.lines.length,
    lines_silent: feed.lines.filter(({ isDelivering }) => !isDelivering).length,
    lag_ms_max: lags.length === 0 ? null : Math.round(Math.max(...lags) / 1_000),
    spool_bytes: spool.spoolBytes,
    uploads_waiting: spool.pendingFiles,
    uploaded: spool.uploadedFiles,
  };
}
