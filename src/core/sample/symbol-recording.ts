/**
 * The sample recording of one symbol: a market, a recorder for each stream, and the planted faults.
 * It yields chunks as they fill, so memory does not grow with the recording; the job stores them.
 */
import type { StreamName } from '../rule/symbol-day.js';
import { MINUTE_MS, isoStamp, type TimeRange } from '../unit/utc-date.js';
import { type FaultKind, type FaultPlan, planFaults } from './fault-plan.js';
import { type Instrument, instrumentOf } from '../market/instrument.js';
import { quietSpells } from '../market/quiet-spells.js';
import { Random } from '../unit/random.js';
import { SampleBook, levelColumns } from '../market/sample-book.js';
import {
  DEPTH_HEADER,
  type SampleTrade,
  tradesHeader,
  writeSnapshot,
  writeTrade,
} from './sample-rows.js';
import { Stage } from './stage.js';
import { type SampleChunk, StreamRecorder } from './stream-recorder.js';
import type { PlantedFault, SymbolSample } from './symbol-sample.js';
import { type SymbolSetup, sampleChunkName } from './symbol-setup.js';
import { Wire } from './wire.js';
import { type FillColumns, STEP_MS, TradeFlow } from '../market/trade-flow.js';

/** The market starts this many steps early: rows made just before the start arrive after it. */
const PREROLL_STEPS = 3;
/** Keeps the ids of separate recordings of one symbol apart, at rates up to 3. */
const IDS_PER_MINUTE = 3_000;
const IDS_FROM_MS = 1_577_836_800_000; // 2020-01-01T00:00:00Z
/** The off-book print is 1/50 above the market, like the one of order-flow.md F6. */
const OFF_BOOK_SHARE = 50;

export function* recordSymbol(setup: SymbolSetup): Generator<SampleChunk, SymbolSample, undefined> {
  const recording = new SymbolRecording(setup);
  const steps = (setup.minutes * MINUTE_MS) / STEP_MS;
  for (let step = -PREROLL_STEPS; step < steps; step++) {
    recording.advance(step * STEP_MS);
    yield* recording.takeChunks();
  }
  recording.finish();
  yield* recording.takeChunks();
  return recording.summary();
}

/** What a snapshot is taken of. */
type Shown = Pick<SampleBook, 'readBids' | 'readAsks'>;

class SymbolRecording {
  private readonly setup: SymbolSetup;
  private readonly instrument: Instrument;
  private readonly plan: FaultPlan;
  private readonly book: SampleBook;
  private readonly flow: TradeFlow;
  /** The wire has its own random numbers: recording never changes the market. */
  private readonly wire: Wire;
  private readonly stage: Stage;
  private readonly trades: StreamRecorder;
  private readonly depth: StreamRecorder;
  private readonly bids = levelColumns();
  private readonly asks = levelColumns();
  private readonly planted: PlantedFault[] = [];
  private readonly quiet: readonly TimeRange[];
  private readonly switchAtMs: number | undefined;
  private readonly done = new Set<FaultKind | 'damaged-snapshot'>();
  private quietIndex = 0;
  private tradeId: number;

  constructor(setup: SymbolSetup) {
    const { symbol, startMs, minutes } = setup;
    const random = (purpose: string): Random =>
      new Random(`${purpose}:${setup.seed}:${symbol}:${isoStamp(startMs)}`);
    this.setup = setup;
    this.instrument = instrumentOf(symbol);
    this.plan = planFaults({ startMs, minutes, kinds: setup.faults });
    this.book = new SampleBook(this.instrument, random('book'), setup.market);
    this.flow = new TradeFlow(this.instrument, random('flow'), setup.rate);
    this.wire = new Wire(random('wire'));
    const { episodes: kinds, rate } = setup;
    const { instrument } = this;
    this.stage = new Stage({ kinds, startMs, minutes, instrument, rate, random });
    this.quiet = quietSpells(random('quiet'), startMs, minutes);
    this.trades = recorderOf(setup, this.plan, 'trades');
    this.depth = recorderOf(setup, this.plan, 'depth');
    this.switchAtMs =
      setup.depthLevels === 'switch' ? startMs + (minutes * MINUTE_MS) / 2 : undefined;
    const minutesOfIds = Math.max(0, Math.floor((startMs - IDS_FROM_MS) / MINUTE_MS));
    this.tradeId = this.instrument.firstTradeId + minutesOfIds * IDS_PER_MINUTE;
  }

  /**
   * Moves the market by one step and records it, or the episode that plays meanwhile. A snapshot shows
   * the book before the step's trades.
   */
  advance(elapsedMs: number): void {
    const stepMs = this.setup.startMs + elapsedMs;
    const isQuiet = this.isQuiet(stepMs);
    this.book.evolve();
    const stageStep = { elapsedMs, marketBidTick: this.book.bidTick, isQuiet };
    const playing = this.stage.evolve(stageStep);
    if (elapsedMs % this.setup.snapshotMs === 0) {
      this.recordSnapshot(stepMs, playing?.market ?? this.book);
    }
    if (stepMs === this.plan.offBookAtMs) this.recordOffBook(stepMs);
    if (stepMs === this.plan.zeroRowAtMs) this.recordZeroRow(stepMs);
    this.flow.step(this.book, { elapsedMs, isQuiet });
    if (playing === undefined) {
      this.recordFills(stepMs, this.flow.fills, this.wire);
      return;
    }
    this.passFills(stepMs);
    playing.market.trade(stageStep);
    this.recordFills(stepMs, playing.market.fills, playing.wire);
  }

  *takeChunks(): Generator<SampleChunk, void, undefined> {
    yield* this.trades.finished.splice(0);
    yield* this.depth.finished.splice(0);
  }

  finish(): void {
    this.trades.finish();
    this.depth.finish();
  }

  summary(): SymbolSample {
    const recorders = [this.trades, this.depth];
    const planted = [...this.planted];
    for (const { late } of recorders) {
      for (const { name, rows, range } of late) {
        planted.push({ kind: 'late-rows', object: name, rows, range });
      }
    }
    for (const range of this.plan.outages) planted.push({ kind: 'outage', range });
    for (const { missing } of recorders) {
      if (missing === undefined) continue;
      planted.push({ kind: 'missing-chunk', object: missing.name, rows: missing.rows });
    }
    return {
      symbol: this.setup.symbol,
      chunks: this.trades.chunks + this.depth.chunks,
      tradeRows: this.trades.rows,
      snapshotRows: this.depth.rows,
      sizeBytes: this.trades.sizeBytes + this.depth.sizeBytes,
      planted,
      episodes: this.stage.planted(),
      quiet: this.quiet,
      switchAtMs: this.switchAtMs,
    };
  }

  private isQuiet(stepMs: number): boolean {
    let spell = this.quiet[this.quietIndex];
    if (spell !== undefined && stepMs >= spell.toMs) {
      this.quietIndex += 1;
      spell = this.quiet[this.quietIndex];
    }
    return spell !== undefined && stepMs >= spell.fromMs;
  }

  private recordSnapshot(stepMs: number, shown: Shown): void {
    const eventTimeMs = stepMs + this.wire.jitterMs();
    const to = this.depth.open(eventTimeMs, this.wire.latencyMs());
    if (to === undefined) return;
    const levels = this.levelsAt(eventTimeMs);
    shown.readBids(levels, this.bids);
    shown.readAsks(levels, this.asks);
    writeSnapshot(to, { eventTimeMs, bids: this.bids, asks: this.asks, levels }, this.instrument);
    if (!this.isDue('damaged-snapshot', this.plan.damagedSnapshotFromMs, eventTimeMs)) return;
    this.depth.damage();
    const place = this.depth.place();
    this.planted.push({ kind: 'damaged-line', stream: 'depth', place, tradeId: undefined });
  }

  private levelsAt(eventTimeMs: number): 5 | 20 {
    const { depthLevels } = this.setup;
    if (depthLevels !== 'switch') return depthLevels;
    return eventTimeMs < (this.switchAtMs ?? 0) ? 5 : 20;
  }

  /** Trades behind an episode reach nobody, but their latencies pass: the rows after it stay the same. */
  private passFills(stepMs: number): void {
    const { fills } = this.flow;
    for (let index = 0; index < fills.count; index++) {
      this.wire.tradeLatency(stepMs + (fills.offsetsMs[index] ?? 0));
    }
  }

  private recordFills(stepMs: number, fills: FillColumns, wire: Wire): void {
    const { tickUnits } = this.instrument;
    for (let index = 0; index < fills.count; index++) {
      const trade = {
        eventTimeMs: stepMs + (fills.offsetsMs[index] ?? 0),
        priceUnits: (fills.ticks[index] ?? 0) * tickUnits,
        lots: fills.lots[index] ?? 0,
        takerBuys: fills.takerBuys[index] === 1,
        tradeId: this.nextTradeId(),
        execType: fills.isRpi[index] === 1 ? 'RPI' : 'MARKET',
      } as const;
      this.recordFill(trade, wire);
    }
  }

  private recordFill(trade: SampleTrade, wire: Wire): void {
    const { eventTimeMs, tradeId } = trade;
    if (this.isDue('lost-trade', this.plan.lostTradeFromMs, eventTimeMs)) {
      this.planted.push({ kind: 'lost-trade', eventTimeMs, tradeId });
      return;
    }
    if (!this.recordTrade(trade, wire)) return;
    if (!this.isDue('damaged-line', this.plan.damagedTradeFromMs, eventTimeMs)) return;
    this.trades.damage();
    const place = this.trades.place();
    this.planted.push({ kind: 'damaged-line', stream: 'trades', place, tradeId });
  }

  private recordOffBook(eventTimeMs: number): void {
    const { askTick } = this.book;
    const ticks = askTick + Math.floor(askTick / OFF_BOOK_SHARE);
    const priceUnits = ticks * this.instrument.tickUnits;
    const tradeId = this.nextTradeId();
    const takerBuys = true;
    const execType = 'INSURANCE_FUND';
    const trade = { eventTimeMs, priceUnits, lots: 1, takerBuys, tradeId, execType } as const;
    this.recordTrade(trade, this.wire);
    this.planted.push({ kind: 'off-book', place: this.trades.place(), tradeId });
  }

  private recordZeroRow(eventTimeMs: number): void {
    const tradeId = this.nextTradeId();
    const trade = { eventTimeMs, priceUnits: 0, lots: 0, takerBuys: true, tradeId };
    this.recordTrade({ ...trade, execType: 'NA' }, this.wire);
    this.planted.push({ kind: 'zero-row', place: this.trades.place(), tradeId });
  }

  private recordTrade(trade: SampleTrade, wire: Wire): boolean {
    const to = this.trades.open(trade.eventTimeMs, wire.tradeLatency(trade.eventTimeMs));
    if (to !== undefined) writeTrade(to, trade, this.instrument, this.setup.tradeIds);
    return to !== undefined;
  }

  private nextTradeId(): number {
    this.tradeId += 1;
    return this.tradeId;
  }

  /** True once: at the first row at or after `fromMs`. */
  private isDue(
    fault: FaultKind | 'damaged-snapshot',
    fromMs: number | undefined,
    eventTimeMs: number,
  ): boolean {
    if (fromMs === undefined || eventTimeMs < fromMs || this.done.has(fault)) return false;
    this.done.add(fault);
    return true;
  }
}

function recorderOf(setup: SymbolSetup, plan: FaultPlan, stream: StreamName): StreamRecorder {
  return new StreamRecorder({
    startMs: setup.startMs,
    minutes: setup.minutes,
    header: stream === 'trades' ? tradesHeader(setup.tradeIds) : DEPTH_HEADER,
    chunkName: (minute) => sampleChunkName(setup, stream, minute),
    outages: plan.outages,
    lateEdgesMs: plan.lateEdgesMs,
    missingMinute: stream === 'trades' ? plan.missingTrades : plan.missingDepth,
  });
}
