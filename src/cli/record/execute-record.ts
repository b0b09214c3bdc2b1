/** Opens what a recorder needs, runs one session, and says how it ended, for `flowbars record`. */
import { randomBytes } from 'node:crypto';
import type { DatasetFields } from '../../jobs/recorded/declare-dataset.js';
import { declareDataset } from '../../jobs/recorded/declare-dataset.js';
import { FEED_ENDPOINTS, checkKinds, type StreamKind } from '../../core/feed/stream-kind.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { webSockets } from '../../edge/exchange/websocket.js';
import { codec } from '../../edge/format/codec.js';
import { gzipBytes } from '../../edge/format/gzip.js';
import { steadyMs } from '../../edge/process/clock.js';
import { systemArrivalClock } from '../../edge/process/arrival-clock.js';
import { openSpoolFolder } from '../../edge/spool/spool-folder.js';
import { lockSpool } from '../../edge/spool/spool-lock.js';
import { openStore, rootsOverlap } from '../../edge/store-root.js';
import type { Log, Store } from '../../jobs/ports.js';
import {
  type RecordRequest,
  recordSession,
  type SessionEnd,
  type SessionFigures,
} from '../../jobs/record/record-session.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_WORLD } from '../command/exit-code.js';
import { inTypedRoot } from '../compute/named-roots.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption, rawOption } from '../option/options.js';
import { formatCount, formatCounted, formatDuration, formatMegabytes } from '../screen/figures.js';
import { printLine } from '../screen/page.js';
import { cloudLog, openWatch } from '../screen/watch.js';
import { LivePage } from './live-page.js';
import {
  chunkOption,
  endpointOption,
  forOption,
  marketOption,
  metricsOption,
  nameOption,
  noGzipOption,
  renewOption,
  spoolMaxOption,
  spoolOption,
  streamsOption,
  symbolsOption,
} from './record.js';
import { serveSession } from './serve-session.js';

const GIGABYTE = 1e9;
/** Below a raw root; `{minute}` is left out. */
const HOUR_LAYOUT = '{symbol}/{stream}/{date}/{hour}.csv';

export async function executeRecord(given: Given, world: World): Promise<number> {
  const request = readRequest(given, world);
  const raw = openStore(given.value(rawOption), { gcsEndpoint: given.optional(gcsEndpointOption) });
  const spoolRoot = given.value(spoolOption);
  refuseOverlap(spoolRoot, given.value(rawOption));
  const effects = { clock: world.clock, random: Math.random };
  const lock = await lockSpool(spoolRoot, effects);
  try {
    return await record(request, { raw, spoolRoot, given, world });
  } finally {
    await lock.release();
  }
}

interface Opened {
  readonly raw: Store;
  readonly spoolRoot: string;
  readonly given: Given;
  readonly world: World;
}

async function record(
  request: RecordRequest,
  { raw, spoolRoot, given, world }: Opened,
): Promise<number> {
  const page = new LivePage();
  // A person watches a page; everything else reads lines of JSON.
  const watch = world.stderr.isTty
    ? openWatch(given, world, page)
    : { log: cloudLog(world, 0), close: () => undefined };
  const served = await serveSession(given.optional(metricsOption), watch.log);
  const effects = {
    raw,
    folder: openSpoolFolder(spoolRoot),
    gzip: gzipBytes,
    prepare: async () => {
      await inTypedRoot('--raw', raw, declareDataset(datasetOf(request), { raw, codec }));
    },
    clock: { ...world.clock, steadyMs },
    random: Math.random,
    log: watch.log,
    sockets: webSockets,
    arrival: systemArrivalClock,
  };
  const onOpen = (figures: () => SessionFigures): void => {
    page.show(figures);
    served.show(figures);
  };
  try {
    const end = await recordSession(request, effects, world.stopped, onOpen);
    watch.close();
    return sayEnd(end, { raw, spoolRoot }, watch.log, world);
  } finally {
    watch.close();
    await served.close();
  }
}

function readRequest(given: Given, { clock }: World): RecordRequest {
  const market = given.value(marketOption);
  const { trades, depth } = given.value(streamsOption);
  const kinds: StreamKind[] = [
    ...(trades === undefined ? [] : [trades]),
    ...(depth ? (['depth'] as const) : []),
  ];
  checkKinds(market, kinds);
  const session = `${clock.nowMs().toString(36)}${randomBytes(2).toString('hex')}`;
  return {
    symbols: given.value(symbolsOption),
    kinds,
    market,
    endpoint: given.optional(endpointOption) ?? FEED_ENDPOINTS[market],
    span: given.value(chunkOption),
    isGzip: !given.value(noGzipOption),
    part: `${given.value(nameOption)}-${session}`,
    renewAfterMs: given.value(renewOption),
    spoolBytesMax: Math.round(given.value(spoolMaxOption) * GIGABYTE),
    forMs: given.optional(forOption),
  };
}

/** What `run` has to know of the recording. */
function datasetOf({ market, kinds, span }: RecordRequest): DatasetFields {
  return {
    venue: 'binance',
    market,
    quantity_unit: market === 'coinm' ? 'contracts' : 'base',
    ...(kinds.includes('depth') ? {} : { streams: 'trades' as const }),
    ...(span === '1h' ? { raw_layout: HOUR_LAYOUT } : {}),
  };
}

/** A spool inside the raw root would be listed with it. */
function refuseOverlap(spoolRoot: string, rawRoot: string): void {
  if (!rootsOverlap(spoolRoot, rawRoot)) return;
  throw new FlowbarsError('usage', {
    where: '--spool',
    what: 'folder',
    found: `'${spoolRoot}' with --raw '${rawRoot}'`,
    expected: 'folders of which neither contains the other',
  });
}

function sayEnd(
  { figures, pendingFiles, pendingBytes }: SessionEnd,
  { raw, spoolRoot }: Pick<Opened, 'raw' | 'spoolRoot'>,
  log: Log,
  world: World,
): number {
  const { spool, feed, startedUs, nowUs } = figures;
  const isStored = pendingFiles === 0;
  const symbols = new Set(feed.streams.map(({ symbol }) => symbol)).size;
  const took = formatDuration((nowUs - startedUs) / 1_000);
  const rows = `${formatCount(spool.rows)} rows of ${formatCounted(symbols, 'symbol')} in ${took}`;
  const stored = `${formatCounted(spool.uploadedFiles, 'file')} stored in ${raw.root}`;
  const waiting = `${formatCounted(pendingFiles, 'file')} (${formatMegabytes(pendingBytes)}) wait in ${spoolRoot}: start again to store them`;
  const code = isStored ? EXIT_GOOD : EXIT_WORLD;
  const closing = `recorded (exit code ${code}): ${rows}; ${isStored ? stored : waiting}`;
  if (world.stderr.isTty) printLine(closing, world.stderr);
  else log.event(isStored ? 'INFO' : 'ERROR', 'result', { closing_line: closing });
  return code;
}
