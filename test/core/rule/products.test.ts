/** What a day is made into: the files that are asked for, their default, and what is refused. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ARTIFACT_KINDS,
  checkProducts,
  joinedProducts,
  OUTPUTS,
  outputOf,
  outputsFor,
  parseFormats,
  parseOutputs,
  type Products,
  wantedFiles,
} from '../../../src/core/rule/products.js';
import {
  areListed,
  fileWords,
  identityOf,
  productsOf,
} from '../../../src/core/stored/artifacts.js';
import { parseResolutions } from '../../../src/core/unit/resolution.js';
import { productsFrom } from '../../support/day/products.js';

const NAMES = ['1s', '10s', '1m', '4h', '1d'];
const PRODUCTS: fc.Arbitrary<Products> = fc
  .record({
    names: fc.subarray(NAMES, { minLength: 1 }),
    outputs: fc.subarray([...OUTPUTS], { minLength: 1 }),
    formats: fc.constantFrom('csv', 'csv,parquet'),
  })
  .map(({ names, outputs, formats }) => productsFrom(names.join(','), outputs.join(','), formats))
  .filter((products) => isAccepted(products));

function isAccepted({ resolutions, outputs }: Products): boolean {
  return !outputs.includes('patterns') || resolutions.some(({ name }) => name === '1s');
}

const wordsOf = (products: Products): string[] =>
  wantedFiles(products).map((file) => fileWords(identityOf(file)));

describe('the files that are asked for', () => {
  test.for<[resolutions: string, outputs: string, files: readonly string[]]>([
    ['1s,1m', 'bars', ['1s bars', '1m bars']],
    ['1s,1m', 'bars,signals', ['1s bars', '1m bars', '1s signals', '1m signals']],
    ['1h', 'signals', ['1h signals']],
    ['1s,1m', 'patterns', ['patterns', 'scoreboard']],
    ['1s', 'patterns,signals,bars', ['1s bars', '1s signals', 'patterns', 'scoreboard']],
  ])('of %s and %s', ([resolutions, outputs, files]) => {
    expect(wordsOf(productsFrom(resolutions, outputs))).toEqual(files);
  });

  test('stand together in all formats, but for the scoreboard', () => {
    expect(wordsOf(productsFrom('1s,1m', 'bars,patterns', 'parquet,csv'))).toEqual([
      '1s bars',
      '1s bars as parquet',
      '1m bars',
      '1m bars as parquet',
      'patterns',
      'patterns as parquet',
      'scoreboard',
    ]);
  });

  test('are in the order of a list, whatever order the outputs are in', () => {
    const { resolutions } = productsFrom('1s');
    const kinds = wantedFiles({ resolutions, outputs: OUTPUTS.toReversed(), formats: ['csv'] });
    expect(kinds.map(({ kind }) => kind)).toEqual(ARTIFACT_KINDS);
  });

  test('tell what was asked for', () => {
    const listed = PRODUCTS.filter(({ outputs }) => outputs.join() !== 'patterns');
    fc.assert(
      fc.property(listed, (products) => {
        const files = wantedFiles(products).map(identityOf);
        expect(productsOf(files.toReversed())).toEqual(products);
        expect(areListed(files, wantedFiles(products))).toBe(true);
        expect(areListed(files.slice(1), wantedFiles(products))).toBe(false);
      }),
    );
  });

  test('of patterns alone tell the rows that they are read off', () => {
    const files = wantedFiles(productsFrom('1s,1m', 'patterns')).map(identityOf);
    expect(files.map(({ kind }) => kind)).toEqual(['patterns', 'scoreboard']);
    expect(productsOf(files)).toEqual(productsFrom('1s', 'patterns'));
  });

  test('count for nothing where kind or resolution is unknown', () => {
    const files = [
      { kind: 'quality', resolution: null, format: 'json' },
      { kind: 'bars', resolution: '7s', format: 'csv' },
      { kind: 'candles', resolution: '1h', format: 'csv' },
    ] as const;
    expect(productsOf(files)).toEqual({ ...productsFrom('1h'), outputs: ['bars'] });
  });
});

test.for(ARTIFACT_KINDS)('%s come with one output', (kind) => {
  const made = OUTPUTS.filter((output) =>
    wantedFiles(productsFrom('1s', output)).some((file) => file.kind === kind),
  );
  expect(made).toEqual([outputOf(kind)]);
});

describe('formats in a text', () => {
  test.for<[text: string, formats: readonly string[]]>([
    ['csv', ['csv']],
    ['parquet,csv', ['csv', 'parquet']],
  ])('%s', ([text, formats]) => {
    expect(parseFormats(text, '--formats')).toEqual(formats);
  });

  test.for(['parquet', '', 'csv,arrow'])("refused: '%s'", (text) => {
    expect(() => parseFormats(text, '--formats')).toThrow(/^--formats \w+: found .*, expected/u);
  });

  test('without the exact one name the command that makes the others alone', () => {
    expect(() => parseFormats('parquet', '--formats')).toThrow('flowbars export');
  });
});

describe('outputs in a text', () => {
  test.for<[text: string, outputs: readonly string[]]>([
    ['bars', ['bars']],
    ['signals,bars', ['bars', 'signals']],
    ['patterns,patterns', ['patterns']],
  ])('%s', ([text, outputs]) => {
    expect(parseOutputs(text, '--outputs')).toEqual(outputs);
  });

  test.for<[text: string, message: string]>([
    ['none', "--outputs outputs: found 'none', expected some of bars, signals, patterns"],
    ['', "--outputs value: found nothing, expected 'bars' or 'signals' or 'patterns'"],
    ['bars,', "--outputs value: found nothing, expected 'bars' or 'signals' or 'patterns'"],
    ['bar', "--outputs value: found 'bar', expected 'bars' or 'signals' or 'patterns'"],
    ['Bars', "--outputs value: found 'Bars', expected 'bars' or 'signals' or 'patterns'"],
    ['scoreboard', "found 'scoreboard', expected 'bars' or 'signals' or 'patterns'"],
  ])('refused: %s', ([text, message]) => {
    expect(() => parseOutputs(text, '--outputs')).toThrow(message);
  });
});

describe('patterns', () => {
  test.for<[resolutions: string, outputs: string]>([
    ['1s', 'patterns'],
    ['1s,1m', 'bars,signals,patterns'],
    ['1m', 'bars,signals'],
  ])('with resolutions %s, %s are accepted', ([resolutions, outputs]) => {
    expect(() => checkProducts(productsFrom(resolutions, outputs), '--outputs')).not.toThrow();
  });

  test.for(['1m', '10s,1h'])('are refused with resolutions %s', (resolutions) => {
    expect(() => checkProducts(productsFrom(resolutions, 'bars,patterns'), '--outputs')).toThrow(
      `--outputs outputs: found 'patterns' with resolutions '${resolutions}', ` +
        'expected 1s among the resolutions, which patterns are read off',
    );
  });

  test.for(['1s', '1s,1m', '1m', '1d'])('are no default that %s refuses', (names) => {
    const resolutions = parseResolutions(names, 'test');
    const outputs = outputsFor(resolutions);
    expect(outputs).toContain('bars');
    expect(() => checkProducts({ resolutions, outputs }, '--outputs')).not.toThrow();
  });
});

test('joined products are those of one or the other', () => {
  fc.assert(
    fc.property(PRODUCTS, PRODUCTS, (one, other) => {
      const joined = joinedProducts(one, other);
      const files = wantedFiles(joined).map(identityOf);
      expect(areListed(files, [...wantedFiles(one), ...wantedFiles(other)])).toBe(true);
      expect(joinedProducts(other, one)).toEqual(joined);
      expect(joinedProducts(joined, one)).toEqual(joined);
      const seconds = joined.resolutions.map((resolution) => resolution.seconds);
      expect(seconds).toEqual([...new Set(seconds)].toSorted((a, b) => a - b));
      const either = [...one.outputs, ...other.outputs];
      expect(joined.outputs).toEqual(OUTPUTS.filter((output) => either.includes(output)));
    }),
  );
});
