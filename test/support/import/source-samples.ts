/** A few trades of one minute in the form of every source, for tests that have to agree on them. */

export const START_MS: number = Date.parse('2024-07-18T10:00:00Z');

export interface SampleTrade {
  readonly id: number;
  readonly atMs: number;
  readonly price: string;
  readonly quantity: string;
  readonly isSell: boolean;
}

/** Over two minutes; texts whose zeros a number would lose. */
export const SAMPLE_TRADES: readonly SampleTrade[] = [
  { id: 101, atMs: 0, price: '64000.10', quantity: '0.010', isSell: true },
  { id: 102, atMs: 1_500, price: '64000.20', quantity: '1.500', isSell: false },
  { id: 103, atMs: 59_999, price: '64000.00', quantity: '0.0000001', isSell: false },
  { id: 104, atMs: 60_000, price: '63999.90', quantity: '2', isSell: true },
];

const timeMs = ({ atMs }: SampleTrade): number => START_MS + atMs;

/** Rows of `timestamp,price,quantity,is_buyer_maker,trade_id`. */
export function rowsOf(trades: readonly SampleTrade[], unit = ''): string[] {
  return trades.map((one) =>
    [`${timeMs(one)}${unit}`, one.price, one.quantity, one.isSell, one.id].join(','),
  );
}

export function lines(texts: readonly string[], end = '\n'): string {
  return texts.map((text) => `${text}${end}`).join('');
}

export function futuresTrades(header = 'id,price,qty,quote_qty,time,is_buyer_maker'): string {
  const rows = SAMPLE_TRADES.map((one) =>
    [one.id, one.price, one.quantity, '1.0', timeMs(one), one.isSell].join(','),
  );
  return lines(header === '' ? rows : [header, ...rows]);
}

/** Without a header, in microseconds. */
export function spotAggregates(): string {
  return lines(
    SAMPLE_TRADES.map((one) =>
      [
        one.id,
        one.price,
        one.quantity,
        one.id,
        one.id,
        `${timeMs(one)}000`,
        flag(one),
        'True',
      ].join(','),
    ),
  );
}

export function spotTrades(): string {
  return lines(
    SAMPLE_TRADES.map((one) =>
      [one.id, one.price, one.quantity, '1.0', timeMs(one), flag(one), 'True'].join(','),
    ),
  );
}

function flag({ isSell }: SampleTrade): string {
  return isSell ? 'True' : 'False';
}

export function futuresAggregates(header = ''): string {
  const rows = SAMPLE_TRADES.map((one) =>
    [one.id, one.price, one.quantity, one.id, one.id, timeMs(one), one.isSell].join(','),
  );
  return lines(header === '' ? rows : [header, ...rows]);
}

/** Received 40 ms later, each. */
export function tardisTrades(): string {
  const rows = SAMPLE_TRADES.map((one) =>
    [
      'binance-futures',
      'BTCUSDT',
      `${timeMs(one)}000`,
      `${timeMs(one) + 40}000`,
      one.id,
      one.isSell ? 'sell' : 'buy',
      one.price,
      one.quantity,
    ].join(','),
  );
  return lines(['exchange,symbol,timestamp,local_timestamp,id,side,price,amount', ...rows]);
}

export function tardisBook(levels: number): string {
  const columns = Array.from({ length: levels }, (_, level) =>
    ['asks', 'bids'].flatMap((side) => [`${side}[${level}].price`, `${side}[${level}].amount`]),
  );
  const cells = Array.from({ length: levels }, (_, level) => [
    `${100 + level}.5`,
    `${level + 1}`,
    `${100 - level}`,
    `0.${level + 1}`,
  ]);
  const row = ['binance-futures', 'BTCUSDT', `${START_MS}000`, `${START_MS}500`, ...cells.flat()];
  const header = ['exchange', 'symbol', 'timestamp', 'local_timestamp', ...columns.flat()];
  return lines([header.join(','), row.join(',')]);
}

export function tradeFrames(event: 'trade' | 'aggTrade' = 'trade'): string[] {
  return SAMPLE_TRADES.map((one) =>
    JSON.stringify({
      e: event,
      E: timeMs(one) + 5,
      T: timeMs(one),
      s: 'BTCUSDT',
      [event === 'trade' ? 't' : 'a']: one.id,
      p: one.price,
      q: one.quantity,
      m: one.isSell,
      ...(event === 'trade' ? { X: 'MARKET' } : {}),
    }),
  );
}

export function depthFrame(levels: number, atMs = 0): Record<string, unknown> {
  const side = (sign: number): string[][] =>
    Array.from({ length: levels }, (_, level) => [`${100 + sign * (level + 1)}`, '1.0']);
  const time = START_MS + atMs;
  return {
    e: 'depthUpdate',
    E: time + 5,
    T: time,
    s: 'BTCUSDT',
    u: 7 + atMs,
    b: side(-1),
    a: side(1),
  };
}

export function ccxtObjects(): string[] {
  return SAMPLE_TRADES.map(
    (one) =>
      `{"info":{"e":"trade","x":[1,{"y":"}"}]},"id":"${one.id}","timestamp":${timeMs(one)},"datetime":"x","symbol":"BTC/USDT:USDT","side":"${one.isSell ? 'sell' : 'buy'}","price":${one.price},"amount":${one.quantity},"cost":null}`,
  );
}

export function ccxtTable(): string {
  const rows = SAMPLE_TRADES.map((one) =>
    [
      one.id,
      timeMs(one),
      'x',
      'BTC/USDT:USDT',
      one.isSell ? 'sell' : 'buy',
      one.price,
      one.quantity,
    ].join(','),
  );
  return lines(['id,timestamp,datetime,symbol,side,price,amount', ...rows]);
}
