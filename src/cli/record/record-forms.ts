/** Parsers of the option values of `flowbars record`. */
import { quoted, refuse } from '../../core/unit/typed-text.js';
import { parseLength } from '../option/option-forms.js';

/** Kinds of streams as `--streams` names them. */
export interface AskedStreams {
  /** Undefined: no trades. */
  readonly trades: 'trade' | 'aggTrade' | undefined;
  readonly depth: boolean;
}

const STREAM_WORDS = ['trades', 'aggTrade', 'depth'] as const;

export function parseStreams(text: string, where: string): AskedStreams {
  const words = text === 'both' ? ['trades', 'depth'] : text.split(',');
  const odd = words.find((word) => !STREAM_WORDS.some((known) => known === word));
  const has = (word: string): boolean => words.includes(word);
  if (
    odd !== undefined ||
    new Set(words).size < words.length ||
    (has('trades') && has('aggTrade'))
  ) {
    const expected = "'both', or some of 'trades' (or 'aggTrade') and 'depth', each once";
    return refuse(where, 'streams', quoted(odd ?? text), expected);
  }
  const aggregates = has('aggTrade') ? ('aggTrade' as const) : undefined;
  return { trades: has('trades') ? 'trade' : aggregates, depth: has('depth') };
}

/** The exchange ends a connection after so long. */
const CONNECTION_MS_MAX = 24 * 3_600_000;

/** The age at which a connection is replaced. */
export function parseRenewal(text: string, where: string): number {
  const lengthMs = parseLength(text, where);
  if (lengthMs < CONNECTION_MS_MAX) return lengthMs;
  return refuse(where, 'length of time', quoted(text), 'less than the 24h after which it is cut');
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `9464` or `0.0.0.0:9464`. A port alone is of this machine: nothing else reaches it. */
export function parseAddress(text: string, where: string): Address {
  const [, host = '127.0.0.1', digits = ''] =
    /^(?:(\[[0-9a-f:]+\]|[\w.-]+):)?(\d{1,5})$/u.exec(text) ?? [];
  const port = Number(digits);
  if (digits !== '' && port <= 65_535) return { host: host.replace(/^\[|\]$/gu, ''), port };
  return refuse(where, 'address', quoted(text), 'a port such as 9464, or HOST:PORT');
}

/** Begins the part in the names of chunks. */
export function parseRecorderName(text: string, where: string): string {
  return /^[A-Za-z0-9]{1,20}$/u.test(text)
    ? text
    : refuse(where, 'name', quoted(text), '1 to 20 letters or digits');
}

/** An address of the exchange without a path. */
export function parseEndpoint(text: string, where: string): string {
  const isAddress = /^wss?:\/\/[^\s/?#]+\/?$/u.test(text) && URL.canParse(text);
  const expected = "an address without a path, such as 'wss://fstream.binance.com'";
  return isAddress ? text.replace(/\/$/u, '') : refuse(where, 'address', quoted(text), expected);
}
