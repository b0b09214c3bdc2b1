/** The folder names of the streams in a raw root, which may differ from `trades` and `depth`. */
import { isDictionary } from '../unit/json.js';
import { quoted, refuse } from '../unit/typed-text.js';
import { STREAMS, type StreamName } from './symbol-day.js';

/** Folder name by stream. */
export type StreamNames = Readonly<Record<StreamName, string>>;

export const STREAM_NAMES_SHAPE = {
  is: 'object',
  fields: {
    trades: { is: 'name', about: 'Folder of trades.' },
    depth: { is: 'name', about: 'Folder of snapshots.' },
  },
} as const;

const EXPECTED = 'folder names such as trades=aggTrade,depth=depth20, each different';

/** Reads `trades=aggTrade,depth=depth20`; a stream that is not named keeps its own name. */
export function parseStreamNames(text: string, where: string): StreamNames {
  const found = new Map<string, string>();
  for (const pair of text.split(',')) {
    const [stream = '', name = '', ...rest] = pair.split('=');
    const isName = /^[^/{}\s]+$/u.test(name) && name !== '.' && name !== '..';
    const isKnown = STREAMS.some((known) => known === stream);
    if (!isKnown || !isName || rest.length > 0 || found.has(stream)) {
      return refuse(where, 'stream names', quoted(text), EXPECTED);
    }
    found.set(stream, name);
  }
  const names = { trades: found.get('trades') ?? 'trades', depth: found.get('depth') ?? 'depth' };
  return names.trades === names.depth
    ? refuse(where, 'stream names', quoted(text), EXPECTED)
    : names;
}

export function printStreamNames(names: StreamNames): string {
  return STREAMS.map((stream) => `${stream}=${names[stream]}`).join(',');
}

export function isStreamNames(value: unknown): value is StreamNames {
  return isDictionary(value) && STREAMS.every((stream) => typeof value[stream] === 'string');
}
