/** What a header's names mean, and what is said of a header that cannot be read. */
import { describe, expect, test } from 'vitest';
import { isUnreadable, planColumns } from '../../../src/core/decode/chunk-columns.js';
import { parseColumns } from '../../../src/core/rule/named-columns.js';
import type { StreamName } from '../../../src/core/rule/symbol-day.js';

const SAID =
  'trades:when=timestamp,VOL=quantity,taker=side,T=receive_time,price=event_time,px=price';

/** `expected`: the column of each field, `-` where it is ignored, or a part of the reason. */
function check(header: string, expected: string | RegExp, said = 'none'): void {
  const stream: StreamName = header.includes('bids') || header.endsWith('b') ? 'depth' : 'trades';
  const bytes = Buffer.from(header, 'utf8').toString('latin1');
  const plan = planColumns(stream, bytes.split(','), parseColumns(said, '--columns'));
  if (isUnreadable(plan)) {
    expect(`${plan.what}: found ${plan.found}, expected ${plan.expected}`).toMatch(expected);
  } else {
    expect(plan.columns.map((column) => column ?? '-').join(',')).toBe(expected);
  }
}

const CANONICAL = 'timestamp,price,quantity,is_buyer_maker';

describe('a header', () => {
  test.for<[string, string]>([
    ['TimeStamp,PRICE,Quantity,is_Buyer_MAKER', CANONICAL],
    [
      'e,E,T,s,t,p,q,X,m',
      `-,event_time,timestamp,symbol,trade_id,price,quantity,exec_type,is_buyer_maker`,
    ],
    [
      'e,E,s,a,p,q,f,l,T,m',
      '-,event_time,symbol,trade_id,price,quantity,-,-,timestamp,is_buyer_maker',
    ],
    [
      'id,price,qty,quote_qty,time,is_buyer_maker',
      'trade_id,price,quantity,-,timestamp,is_buyer_maker',
    ],
    [
      'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker',
      'trade_id,price,quantity,-,-,timestamp,is_buyer_maker',
    ],
    [
      'exchange,symbol,timestamp,local_timestamp,id,side,price,amount',
      '-,symbol,timestamp,receive_time,trade_id,is_buyer_maker,price,quantity',
    ],
    [`${CANONICAL},T,side,time,time`, `${CANONICAL},-,-,-,-`],
    [`${CANONICAL},a,t`, `${CANONICAL},-,trade_id`],
    [`${CANONICAL},a,trade_id`, `${CANONICAL},-,trade_id`],
    [`${CANONICAL},A,b,asks`, `${CANONICAL},-,-,-`],
    ['e,E,T,s,U,u,pu,a,b', '-,event_time,timestamp,symbol,-,update_id,-,asks,bids'],
    ['timestamp,bids,asks,lastupdateid,id', 'timestamp,bids,asks,update_id,-'],
    [`${CANONICAL},,trade_id `, `${CANONICAL},-,-`],
    ['1709337600000,1,1,true,7', `${CANONICAL},trade_id`],
  ])('%s is %s', ([header, expected]) => {
    check(header, expected);
  });

  test('means what --columns says, and nothing else', () => {
    check('when,px,vol,taker', 'timestamp,price,quantity,is_buyer_maker', SAID);
    check('when,px,vol,taker,T,price', `${CANONICAL},receive_time,event_time`, SAID);
    check('when,px,vol,taker,side,qty,time,t', `${CANONICAL},-,-,-,trade_id`, SAID);
    check('時刻,p,q,m', CANONICAL, 'trades:時刻=timestamp');
    check('timestamp,asks,bids,when', 'timestamp,asks,bids,-', SAID);
    check('time,px,vol,taker', CANONICAL, SAID);
    check('T,px,vol,taker', /missing: timestamp; /, SAID);
    check(
      'timestamp,when,px,vol,taker',
      /column timestamp more than once: 'timestamp' and 'when'/,
      SAID,
    );
    check('when,px,vol,taker,is_buyer_maker', /column is_buyer_maker more than once/, SAID);
  });

  test.for<[string, RegExp]>([
    [
      'T,time,p,q,m',
      /^header: found column timestamp more than once: 'T' and 'time', expected one/,
    ],
    ['T,p,q,side,m', /more than once: 'side' and 'm'/],
    [`${CANONICAL},a,a`, /column trade_id more than once/],
    [`${CANONICAL},s,s`, /column symbol more than once/],
    [`${CANONICAL},no\tte`, /^header: found '.*no\\x09te', expected names without control/],
    [`${CANONICAL},note\u007f`, /control/],
    ['timestamp\tprice\tquantity\tis_buyer_maker', /control/],
    ['timestamp;price;quantity;is_buyer_maker', /expected columns separated by commas: timestamp,/],
    ['t,p,q,m', /missing: timestamp; name others with --columns trades:NAME=timestamp\)$/],
    [
      'exchange,symbol,ts,px',
      /^header: found 'exchange,symbol,ts,px', expected the columns timestamp, price, quantity, is_buyer_maker \(missing: timestamp, price, quantity, is_buyer_maker; name others with --columns trades:ts=timestamp,px=price,NAME=quantity,NAME=is_buyer_maker\)$/,
    ],
    [
      'Timestmp, price,volume,aggressor',
      /--columns 'trades:Timestmp=timestamp, price=price,volume=quantity,aggressor=side'\)$/,
    ],
    ['time,price,qty,taker', /--columns trades:taker=side\)$/],
    ['time,price,qty,maker,taker', /--columns trades:maker=is_buyer_maker\)$/],
    ['time,price,qty,Taker_Side', /--columns trades:Taker_Side=side\)$/],
    [
      'timestamp,bids[0].price,bids[0].amount,asks[0].price',
      /', expected one json array of \[price, quantity\] pairs per side \(levels in columns of their own are not read: convert them\)$/,
    ],
    ['timestamp,bid_price_0,bids_qty_0', /expected one json array/],
    ['bids,b0,a1b', /expected one json array/],
    ['bids,bid1b', /missing: timestamp, asks; /],
    [`timestamp,${'x'.repeat(80)}`, /^header: found 'timestamp,x{70}…', expected the columns/],
    [
      '1709337600000,1,1',
      /^first line without a header: found 3 fields, expected 4 to 8: timestamp, /,
    ],
    ['1709337600000,1,1,true,,,,,', /found 9 fields, expected 4 to 8/],
  ])('%j cannot be read', ([header, reason]) => {
    check(header, reason);
  });
});

test('--columns has each name once, whatever its case', () => {
  for (const text of ['trades:Vol=quantity,vol=price', 'depth:b=bids,b=asks']) {
    expect(() => parseColumns(text, '--columns')).toThrow(/twice, expected each name of/);
  }
  expect(parseColumns('trades:T=timestamp,t=trade_id', '--columns')).toHaveLength(2);
  const both = 'trades:when=timestamp,depth:when=timestamp';
  expect(parseColumns(both.replace(',', ';'), 'x')).toEqual(parseColumns(both, 'x'));
  expect(() => parseColumns('when=timestamp', 'x')).toThrow(/vol=quantity,depth:when=timestamp$/);
});
