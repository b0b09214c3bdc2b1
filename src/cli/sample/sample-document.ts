/** The document of `flowbars sample --json`: what was recorded, and where its faults and episodes are; see docs/COMMANDS.md. */
import type { PlantedEpisode, PlantedFault } from '../../core/sample/symbol-sample.js';
import { unreachable } from '../../core/unit/errors.js';
import { isoStamp, isoStampMs, type TimeRange } from '../../core/unit/utc-date.js';
import type { SampleSummary, StoredSample } from '../../jobs/sample/write-sample.js';

type Fields = Readonly<Record<string, unknown>>;

/** `symbols` are its rows. */
export interface SampleDocument {
  readonly from: string;
  readonly to: string;
  readonly symbols: readonly Fields[];
}

export function sampleDocument({ from, to, symbols }: SampleSummary): SampleDocument {
  return { from, to, symbols: symbols.map(symbolFields) };
}

function symbolFields(sample: StoredSample): Fields {
  const { switchAtMs } = sample;
  return {
    symbol: sample.symbol,
    chunks: sample.chunks,
    chunks_unchanged: sample.chunksUnchanged,
    trade_rows: sample.tradeRows,
    snapshot_rows: sample.snapshotRows,
    decompressed_bytes: sample.sizeBytes,
    stored_bytes: sample.storedBytes,
    planted: sample.planted.map(faultFields),
    episodes: sample.episodes.map(episodeFields),
    quiet: sample.quiet.map(rangeFields),
    switch_at: switchAtMs === undefined ? null : isoStampMs(switchAtMs),
  };
}

function faultFields(fault: PlantedFault): Fields {
  switch (fault.kind) {
    case 'off-book':
    case 'zero-row':
      return { kind: fault.kind, ...fault.place, trade_id: fault.tradeId };
    case 'lost-trade':
      return { kind: fault.kind, time: isoStampMs(fault.eventTimeMs), trade_id: fault.tradeId };
    case 'damaged-line': {
      const id = fault.tradeId === undefined ? {} : { trade_id: fault.tradeId };
      return { kind: fault.kind, stream: fault.stream, ...fault.place, ...id };
    }
    case 'late-rows': {
      const { kind, object, rows, range } = fault;
      return { kind, object, rows, ...rangeFields(range) };
    }
    case 'outage':
      return { kind: fault.kind, ...rangeFields(fault.range) };
    case 'missing-chunk':
      return { kind: fault.kind, object: fault.object, rows: fault.rows };
    default:
      return unreachable(fault);
  }
}

function episodeFields({ kind, direction, confirmedMs, range }: PlantedEpisode): Fields {
  return { pattern: kind, direction, confirmed: isoStamp(confirmedMs), ...rangeFields(range) };
}

function rangeFields({ fromMs, toMs }: TimeRange): Fields {
  return { from: isoStampMs(fromMs), to: isoStampMs(toMs) };
}
