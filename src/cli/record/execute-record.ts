/** Opens what a recorder needs, runs its sessions, and says how the last one ended, for `flowbars record`. */
import { randomBytes } from 'node:crypto';
import { type DatasetFields, declareDataset } from '../../jobs/recorded/declare-dataset.js';
import {
  checkKinds,
  checkSymbolCase,
  FEED_ENDPOINTS,
  type FeedMarket,
  type StreamKind,
} from '../../core/feed/stream-kind.js';
import { HOUR_LAYOUT } from '../../core/rule/layout.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { webSockets } from '../../edge/exchange/websocket.js';
import { codec } from '../../edge/format/codec.js';
import { gzipBytes } from '../../edge/format/gzip.js';
import { steadyMs } from '../../edge/process/clock.js';
import { openArrivalClock } from '../../edge/process/arrival-clock.js';
import { endAtNextSignal } from '../../edge/process/stop-signal.js';
import { openSpoolFolder } from '../../edge/spool/spool-folder.js';
import { lockSpool } from '../../edge/spool/spool-lock.js';
import { openStore, rootsOverlap } from '../../edge/store-root.js';
import type { Store } from '../../jobs/ports.js';
import {
  type RecordEffects,
  type RecordRequest,
  recordSession,
  type SessionEnd,
  type SessionFigures,
} from '../../jobs/record/record-session.js';
import type { World } from '../command/command.js';
import { inTypedRoot } from '../compute/named-roots.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption, rawOption } from '../option/options.js';
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
import type { AskedStreams } from './record-forms.js';
import { sayEnd } from './say-end.js';
import { serveSession } from './serve-session.js';

const GIGABYTE = 1e9;

export async function executeRecord(given: Given, world: World): Promise<number> {
  const request = readRequest(given);
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
  };
  const onOpen = (figures: () => SessionFigures): void => {
    page.show(figures);
    served.show(figures);
  };
  try {
    void world.stopped.then(endAtNextSignal);
    const end = await recordSessions(request, { ...effects, stopped: world.stopped, onOpen });
    watch.close();
    return sayEnd(end, { request, raw, spoolRoot, log: watch.log, world });
  } finally {
    watch.close();
    await served.close();
  }
}

type SessionEffects = Omit<RecordEffects, 'arrival'> & {
  readonly stopped: Promise<unknown>;
  readonly onOpen: (figures: () => SessionFigures) => void;
};

/** One session, unless the wall clock is put back: then a further one, with a clock and a part of its own. */
async function recordSessions(
  request: RecordRequest,
  { stopped, onOpen, ...effects }: SessionEffects,
): Promise<SessionEnd> {
  const { clock, log } = effects;
  const beganMs = clock.steadyMs();
  for (;;) {
    const leftMs =
      request.forMs === undefined ? undefined : request.forMs - (clock.steadyMs() - beganMs);
    const session = { ...request, part: sessionPart(request.part, clock.nowMs()), forMs: leftMs };
    const arrival = openArrivalClock();
    const end = await recordSession(session, { ...effects, arrival }, stopped, onOpen);
    if (end.why !== 'clock') return end;
    log.event('ERROR', 'clock_put_back', { part: session.part });
  }
}

/** No two sessions have the same. */
function sessionPart(name: string, nowMs: number): string {
  return `${name}-${nowMs.toString(36)}${randomBytes(2).toString('hex')}`;
}

function readRequest(given: Given): RecordRequest {
  const market = given.value(marketOption);
  const { trades, depth } = askedStreams(given, market);
  const kinds: StreamKind[] = [
    ...(trades === undefined ? [] : [trades]),
    ...(depth ? (['depth'] as const) : []),
  ];
  const symbols = given.value(symbolsOption);
  checkKinds(market, kinds);
  checkSymbolCase(symbols);
  return {
    symbols,
    kinds,
    market,
    endpoint: given.optional(endpointOption) ?? FEED_ENDPOINTS[market],
    span: given.value(chunkOption),
    isGzip: !given.value(noGzipOption),
    part: given.value(nameOption),
    renewAfterMs: given.value(renewOption),
    spoolBytesMax: Math.round(given.value(spoolMaxOption) * GIGABYTE),
    forMs: given.optional(forOption),
  };
}

/** Spot gives no depth with a time, so what is recorded of it by default is trades. */
function askedStreams(given: Given, market: FeedMarket): AskedStreams {
  const asked = given.value(streamsOption);
  const isDefault = given.text(streamsOption) === streamsOption.defaultText;
  return market === 'spot' && isDefault ? { ...asked, depth: false } : asked;
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
