/** The metrics and the health of a recorder (docs/RECORD.md lists them). */
import type { StreamFigures } from '../../jobs/feed/count-rows.js';
import type { SessionFigures } from '../../jobs/record/record-session.js';
import type { Metric, Sample } from './metrics-text.js';

/** Uploads that wait longer make a recorder not ready. */
const UPLOAD_AGE_MS_MAX = 300_000;

export function sessionMetrics(figures: SessionFigures): Metric[] {
  return [
    ...streamMetrics(figures),
    ...feedMetrics(figures),
    ...spoolMetrics(figures),
    gauge('start_timestamp_seconds', 'When the session began.', one(figures.startedUs / 1e6)),
  ];
}

function streamMetrics({ nowUs, feed }: SessionFigures): Metric[] {
  const streams = (figureOf: (stream: StreamFigures) => number | undefined): Sample[] =>
    feed.streams.flatMap((stream) => {
      const value = figureOf(stream);
      const labels = { symbol: stream.symbol, stream: stream.stream };
      return value === undefined ? [] : [{ labels, value }];
    });
  return [
    counter(
      'frames_total',
      'Frames received.',
      streams(({ frames }) => frames),
    ),
    counter(
      'rows_total',
      'Rows accepted into the spool.',
      streams(({ rows }) => rows),
    ),
    counter(
      'duplicates_total',
      'Frames that another connection had delivered.',
      streams(({ duplicates }) => duplicates),
    ),
    gauge(
      'last_frame_age_seconds',
      'Time since the last frame.',
      streams(({ lastFrameUs }) =>
        lastFrameUs === undefined ? undefined : (nowUs - lastFrameUs) / 1e6,
      ),
    ),
    gauge(
      'lag_seconds',
      'Arrival of the last frame minus its event time, by two clocks.',
      streams(({ lagUs }) => (lagUs === undefined ? undefined : lagUs / 1e6)),
    ),
  ];
}

function feedMetrics({ feed }: SessionFigures): Metric[] {
  const lines = feed.lines.map(({ line, kind, isDelivering }) => ({
    labels: { line: String(line), kind },
    value: Number(isDelivering),
  }));
  return [
    gauge('line_delivering', 'Whether rows of the line came a moment ago.', lines),
    counter(
      'broken_frames_total',
      'Frames that are none, or of no subscribed stream.',
      one(feed.brokenFrames),
    ),
    gauge('connections', 'Open connections.', one(feed.connections)),
    counter('connections_tried_total', 'Attempts to connect.', one(feed.connectionsTried)),
  ];
}

function spoolMetrics({ spool }: SessionFigures): Metric[] {
  const uploads = [...spool.lastUploadMs].map(([symbol, ms]) => ({
    labels: { symbol },
    value: ms / 1e3,
  }));
  return [
    gauge('buffered_bytes', 'Accepted, and not yet on the disk.', one(spool.bufferedBytes)),
    gauge('spool_bytes', 'On the disk, and not yet stored.', one(spool.spoolBytes)),
    gauge('uploads_waiting', 'Files that wait for their upload.', one(spool.pendingFiles)),
    gauge(
      'upload_age_seconds',
      'Age of the oldest file that waits.',
      one(spool.oldestPendingMs / 1e3),
    ),
    counter('uploads_total', 'Files stored.', one(spool.uploadedFiles)),
    counter('uploaded_bytes_total', 'Bytes stored.', one(spool.uploadedBytes)),
    counter(
      'upload_conflicts_total',
      'Files put aside, since others were stored under their names.',
      one(spool.conflicts),
    ),
    counter(
      'set_aside_total',
      'Sources of chunks put aside, since they cannot be finished.',
      one(spool.setAside),
    ),
    gauge(
      'elsewhere_files',
      'Files that wait for another raw root or market.',
      one(spool.elsewhereFiles),
    ),
    gauge('last_upload_timestamp_seconds', 'When a chunk of the symbol was stored last.', uploads),
  ];
}

export interface Readiness {
  readonly ready: boolean;
  /** Why not; empty if it is. */
  readonly reasons: readonly string[];
}

/** Ready: each line delivers, and what is recorded gets stored. */
export function readiness({ feed, spool }: SessionFigures): Readiness {
  const silent = feed.lines.filter(({ isDelivering }) => !isDelivering);
  const reasons = [
    ...silent.map(({ line, kind }) => `line ${line} (${kind}) delivers nothing`),
    ...feed.lines.flatMap(({ line, refused }) =>
      refused.map((name) => `line ${line}: the exchange refuses ${name}`),
    ),
    ...(spool.oldestPendingMs > UPLOAD_AGE_MS_MAX ? ['uploads wait for more than 5 minutes'] : []),
    ...(spool.isPressed ? ['the disk is too slow: reception is paused'] : []),
  ];
  return { ready: reasons.length === 0, reasons };
}

function counter(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, kind: 'counter', help, samples };
}

function gauge(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, kind: 'gauge', help, samples };
}

function one(value: number): Sample[] {
  return [{ labels: {}, value }];
}
