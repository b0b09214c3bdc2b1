/** Written cells as typed columns: each is what reading its text gives, and what no encoder writes is refused. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { TABLES } from '../../../src/core/column/kind-tables.js';
import { NO_WORD, type TypedColumn, typedRows } from '../../../src/core/typed/typed-rows.js';
import { codec } from '../../../src/edge/format/codec.js';
import { cellsOf, SMALL_FILES, smallFile } from '../../support/typed/small-files.js';

/** One cell as a reader of the text would take it. */
function plainly(text: string, kind: string): unknown {
  if (text === '') return null;
  if (kind === 'text') return text;
  return kind === 'time' ? Date.parse(text) : Number(text);
}

function cellOf(column: TypedColumn | undefined, row: number): unknown {
  if (column === undefined) return undefined;
  if ('codes' in column) {
    const code = column.codes[row] ?? NO_WORD;
    return code === NO_WORD ? null : column.words[code];
  }
  const number = column.numbers[row];
  return Number.isNaN(number) ? null : number;
}

test.for(SMALL_FILES)('$name holds what its text says, cell by cell', (file) => {
  const table = TABLES[file.kind];
  const { rows, columns } = typedRows(file, table);
  const [, ...lines] = cellsOf(file);
  expect(rows).toBe(lines.length);
  const typed = lines.map((_, row) => columns.map((column) => cellOf(column, row)));
  const plain = lines.map((cells) =>
    cells.map((text, at) => plainly(text, table.columns[at]?.kind ?? '')),
  );
  expect(typed).toEqual(plain);
  expect(typed.flat()).toContain(null);
});

/** A decimal in plain notation with so many digits at most. */
function decimals(digitsMax: number): fc.Arbitrary<string> {
  const digits = fc.stringMatching(new RegExp(`^[1-9][0-9]{0,${digitsMax - 1}}$`));
  return fc
    .record({ digits, point: fc.nat(digitsMax - 1), isNegative: fc.boolean() })
    .map(({ digits: all, point, isNegative }) => {
      const padded = all.padStart(point + 1, '0');
      const whole = padded.slice(0, padded.length - point);
      const fraction = padded.slice(padded.length - point).replace(/0+$/u, '');
      return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
    });
}

function priced(price: string): number | undefined {
  const line = `2025-12-11T00:30:42Z,whale,up,2025-12-11T00:30:41Z,${price},1,1,,,`;
  const bytes = codec.encode(`${PATTERN_EVENTS.header.join(',')}\n${line}\n`);
  const column = typedRows({ name: 'x', bytes }, PATTERN_EVENTS).columns[4];
  return column !== undefined && 'numbers' in column ? column.numbers[0] : undefined;
}

describe('a number', () => {
  test('is the double nearest to its text, however long', () => {
    fc.assert(
      fc.property(decimals(36), (text) => {
        expect(priced(text)).toBe(Number(text));
      }),
    );
  });

  test('of at most 15 digits gives each of them back', () => {
    fc.assert(
      fc.property(decimals(15), (text) => {
        const shown = (priced(text) ?? 0).toLocaleString('en-US', {
          useGrouping: false,
          maximumSignificantDigits: 15,
        });
        expect(shown).toBe(text);
      }),
    );
  });
});

describe('a file that no encoder writes', () => {
  const patterns = smallFile('patterns');
  const text = codec.decode(patterns.bytes);

  test.for<[string, string, RegExp]>([
    ['another header', text.replace('from', 'begin'), /header: found 'confirmed,pattern,.*', exp/u],
    ['a line that does not end', text.slice(0, -1), /header: found .* lines that end/u],
    ['nothing', '', /header: found ''/u],
    ['a cell too many', text.replace(',-1.2955', ',-1.2955,1'), /line 2 column outcome_300s_bps/u],
    ['a cell too few', text.replace(',,,', ',,'), /line 3 column outcome_60s_bps/u],
    ['an empty cell that is never empty', text.replace('64067.85', ''), /line 2 column price/u],
    ['an unknown word', text.replace('absorption', 'spoofing'), /line 3 column pattern.*spoofing/u],
    ['another time', text.replace('T00:30:42Z', ' 00:30:42'), /line 2 column confirmed/u],
    [
      'a day of no calendar',
      text.replace(/20\d\d-\d\d-\d\d(?=T00:30:42Z)/u, '2025-02-30'),
      /column confirmed/u,
    ],
    ['a minus before nothing', text.replace('64067.85', '-0'), /line 2 column price: found '-0'/u],
    ['an exponent', text.replace('64067.85', '6e4'), /line 2 column price: found '6e4'/u],
    ['a padded number', text.replace('64067.85', '064067.85'), /line 2 column price/u],
    ['quotes', text.replace('wall_pulled', '"wall_pulled"'), /line 2 column pattern/u],
    ['Windows line ends', text.replaceAll('\n', '\r\n'), /header/u],
  ])('is refused: %s', ([, damaged, message]) => {
    const bytes = codec.encode(damaged);
    expect(() => typedRows({ name: 'x', bytes }, PATTERN_EVENTS)).toThrow(message);
  });

  test('is refused: a count with decimals', () => {
    const bytes = codec.encode(codec.decode(smallFile('bars').bytes).replace(',194,', ',194.5,'));
    const message = /line 3 column trade_count: found '194\.5'/u;
    expect(() => typedRows({ name: 'x', bytes }, TABLES.bars)).toThrow(message);
  });

  test('is refused: a count beyond the safe integers, which would become another', () => {
    const bars = smallFile('bars');
    const bytes = codec.encode(
      codec.decode(bars.bytes).replace('9007199254740991', '9007199254740993'),
    );
    const message = /line 5 column trade_count: found '9007199254740993'/u;
    expect(() => typedRows({ name: 'x', bytes }, TABLES.bars)).toThrow(message);
  });
});
