/**
 * fast-check arbitraries for single cells of raw chunks: mostly what a recorder writes, sometimes what
 * it should not. Cells are unquoted text; the chunk quotes them.
 */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';

export type TimeUnitDigits = 13 | 16 | 19;

/** Numbers at and beyond every border of the grammar; usable as cell, and in JSON as string. */
const oddNumbers = [
  '0',
  '-0',
  '0.000',
  '-1',
  '-0.5',
  '0e999999999',
  '1e-7',
  '1E+2',
  '12e0',
  '0.1e18',
  '1e17',
  '1e18',
  '1e-18',
  '10e-19',
  '1e-19',
  '1e999999999',
  '1e99999999999999999999',
  '0000000000000000000000007.5',
  '7.5000000000000000000000000',
  '999999999999999999.999999999999999999',
  '-999999999999999999.999999999999999999',
  '1000000000000000000',
  '0.000000000000000001',
  '0.0000000000000000001',
  '9007199254740993',
  '90071992547.40993001',
  '1234567890123456789012345678901234567890',
  '',
  ' 1',
  '1 ',
  '+1',
  '.5',
  '5.',
  '1e',
  '1e+',
  '--1',
  '1,5',
  '0x1f',
  'NaN',
  'Infinity',
  'null',
  '"1"',
];

/** Values of a JSON level that are not strings; most are malformed there. */
const oddJson = [
  'null',
  'true',
  '{}',
  '[]',
  '[1]',
  '01',
  '1.',
  '.5',
  '+1',
  '-1',
  '-0',
  '0',
  '0e9',
  '1e-19',
  '1E17',
  '1e18',
  '999999999999999999.999999999999999999',
  '"\\u0031"',
  '"\\u00e9"',
  '"\\x31"',
  '"1\\n"',
  '"1',
  "'1'",
  '',
  '1 2',
  '1,2',
];

/** Plain decimals around one price, padded as Binance pads them. */
export function plainPrice(): Arbitrary<string> {
  return fc.integer({ min: 639_590, max: 639_660 }).map((tenths) => `${(tenths / 10).toFixed(1)}0`);
}

export function plainQuantity(): Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 9999 }).map((n) => (n / 1000).toFixed(3)) },
    { weight: 1, arbitrary: fc.constantFrom('1', '20.393', '0.00000001', '123456.789012345678') },
  );
}

/** The same value, written as another recorder might. */
export function restyled(plain: Arbitrary<string>): Arbitrary<string> {
  return fc.tuple(plain, fc.nat({ max: 11 })).map(([text, style]) => {
    const [integer = '', fraction = ''] = text.split('.');
    switch (style) {
      case 0:
        return `00${text}`;
      case 1:
        return fraction === '' ? `${text}.000` : `${text}00`;
      case 2:
        return `${integer}${fraction}e-${fraction.length}`;
      case 3:
        return `${integer}${fraction}000E-0${fraction.length + 3}`;
      case 4:
        return `0.${integer}${fraction}e+${integer.length}`;
      default:
        return text;
    }
  });
}

/** A number cell of a trade; `oddness` is its weight against 100 ordinary ones. */
export function numberCell(plain: Arbitrary<string>, oddness: number): Arbitrary<string> {
  return fc.oneof(
    { weight: 100, arbitrary: restyled(plain) },
    { weight: oddness, arbitrary: fc.constantFrom(...oddNumbers) },
  );
}

/** The JSON text of one element of a level. */
export function jsonNumber(plain: Arbitrary<string>, oddness: number): Arbitrary<string> {
  return fc.oneof(
    { weight: 100, arbitrary: restyled(plain).map((text) => JSON.stringify(text)) },
    { weight: 30, arbitrary: plain },
    {
      weight: oddness,
      arbitrary: fc.constantFrom(...oddNumbers.map((text) => JSON.stringify(text))),
    },
    { weight: oddness, arbitrary: fc.constantFrom(...oddJson) },
  );
}

export function isBuyerMakerCell(): Arbitrary<string> {
  return fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom('true', 'false', 'true', 'false', 'True', 'FALSE') },
    { weight: 10, arbitrary: fc.constantFrom('1', '0') },
    { weight: 1, arbitrary: fc.constantFrom('', 'yes', ' true', '2', 'tru', 'falsee') },
  );
}

export function execTypeCell(): Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('MARKET', 'MARKET', 'RPI', '') },
    { weight: 2, arbitrary: fc.constantFrom('None', 'null', 'NaN', 'NONE') },
    {
      weight: 2,
      arbitrary: fc.constantFrom('INSURANCE_FUND', 'ADL', 'NA', 'market', ' RPI', 'nane'),
    },
  );
}

/** The aggressor's side, in place of is_buyer_maker. */
export function sideCell(oddness: number): Arbitrary<string> {
  return fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom('buy', 'sell', 'buy', 'sell', 'BUY', 'Sell') },
    { weight: Math.min(oddness, 1), arbitrary: fc.constantFrom('', 'unknown', 'true', ' buy') },
  );
}

/** `receive_time` and `event_time`, which never change a bar. */
export function idleTimeCell(): Arbitrary<string> {
  return fc.constantFrom('', '1709337600123', '1709337600123456789', 'soon', '12');
}

/** A cell in an unknown column. */
export function unknownCell(): Arbitrary<string> {
  return fc.constantFrom('', 'binance', 'a,b', 'say "x"', ' ', '\u00c3\u00a9', '\u00ff', '0');
}

/** Mostly undefined, otherwise an invalid timestamp. */
export function brokenTimestamp(): Arbitrary<string | undefined> {
  return fc.oneof(
    { weight: 40, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        'x',
        '1709337600',
        '17093376000000',
        '-1709337600000',
        '1709337600000 ',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('1709337600000.0', '1.7e12', '9999999999999') },
  );
}

/** A time in a unit; finer units get digits that the cut to milliseconds must drop, never round. */
export function timestampText(timeMs: number, unit: TimeUnitDigits, fine: number): string {
  const digits = timeMs.toString();
  if (digits.length !== 13) return digits;
  return (
    digits +
    fine
      .toString()
      .padStart(6, '9')
      .slice(0, unit - 13)
  );
}
