/** What the check of a writer's text refuses, by name, and that whatever passes has no number but those of its slots. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkText, WRITER_CHARACTERS_MAX } from '../../../../src/core/analyst/text/check-text.js';
import { type ReasonCode, REASONS } from '../../../../src/core/analyst/text/reasons.js';
import { goodText, madeSheet } from '../../../support/analyst/made-day.js';

const SHEET = madeSheet();

function codesOf(text: string): ReasonCode[] {
  const checked = checkText(text, SHEET);
  return checked.ok ? [] : [...new Set(checked.reasons.map(({ code }) => code))];
}

function codesOfAdded(sentence: string): ReasonCode[] {
  return codesOf(goodText(SHEET, sentence));
}

describe('a text passes', () => {
  test.each([
    ['with the mandatory facts alone', ''],
    ['with plain prose', 'The book was quiet, and the day ended as it had begun.'],
    ['with a size', 'The move was [[price.change_bps:size]] over the day.'],
    [
      'with someone, anyone, often, weight and height',
      'Someone often measures weight and height; anyone does.',
    ],
    [
      'with a high and a low as nouns',
      'The high was [[price.high]] and the low was [[price.low]].',
    ],
    ['in quotes and parentheses', 'It stayed "quiet" ([[book.spread]], as the book says).'],
    ['with update and upon', 'The update was called upon.'],
    ['with a longest and a due time', 'The longest gap was known when it was due.'],
  ])('%s', (_, sentence) => {
    expect(codesOfAdded(sentence)).toEqual([]);
  });

  test('and is split into paragraphs with its facts printed', () => {
    const checked = checkText(goodText(SHEET, '\n\nThe high was\n[[price.high]].'), SHEET);
    expect(checked.ok && checked.paragraphs.at(-1)).toBe('The high was 100.');
    expect(checked.ok && checked.paragraphs[0]).toContain('covers 99.9 %, 2 outages, 32 s from');
  });
});

const REFUSED: readonly (readonly [string, ReasonCode, string])[] = [
  ['an invented number', 'digit', 'It traded at 64000 in the morning.'],
  ['a year', 'digit', 'It was quieter in 2024.'],
  ['a full-width digit', 'digit', 'About \uFF15 of it.'],
  ['an Arabic digit', 'digit', 'About \u0665 of it.'],
  ['a Devanagari digit', 'digit', 'About \u096B of it.'],
  ['a mathematical bold digit', 'digit', 'About \u{1D7D3} of it.'],
  ['a circled digit', 'digit', 'About \u2464 of it.'],
  ['a superscript', 'digit', 'About x\u00B2 of it.'],
  ['a fraction character', 'digit', 'About \u00BD of it.'],
  ['a Roman numeral character', 'digit', 'About \u2163 of it.'],
  ['a Chinese number', 'foreign_letter', 'About \u4E94 of it.'],
  ['a squared number that only normalisation shows', 'digit', 'About \u33E0 of it.'],
  ['a Roman numeral in letters', 'number_word', 'In part XIV of it.'],
  ['a number word', 'number_word', 'It took seven of them.'],
  ['a compound number', 'number_word', 'It took twenty-one of them.'],
  ['a number word written as one', 'number_word', 'It took twentyone of them.'],
  ['a number word with a hyphen inside', 'number_word', 'It took twen-ty of them.'],
  ['a number word in capitals', 'number_word', 'It took SEVEN of them.'],
  ['a number spelt letter by letter', 'number_word', 'It took t e n of them.'],
  ['an ordinal', 'number_word', 'It was the third of them.'],
  ['the word one', 'number_word', 'It was the one of them.'],
  ['a share in words', 'number_word', 'It was half of it.'],
  ['a multiple in words', 'number_word', 'It was twice as much.'],
  ['a fold', 'number_word', 'It was a tenfold amount.'],
  ['a dozen', 'number_word', 'It took dozens of them.'],
  ['a percent word', 'unit_word', 'It was a percent of it.'],
  ['a scale behind a slot', 'number_word', 'It was [[flow.volume]] million of it.'],
  ['another unit behind a slot', 'unit_word', 'It was [[flow.volume]] dollars of it.'],
  ['a direction of price', 'direction_word', 'The price rose in the morning.'],
  ['a direction in another tense', 'direction_word', 'The price is falling.'],
  ['a mood of the market', 'direction_word', 'The tape was bullish.'],
  ['who pressed', 'direction_word', 'Buyers were in charge.'],
  ['a side of the book', 'direction_word', 'The bids were heavy.'],
  ['a word made with up', 'direction_word', 'There was an upsurge.'],
  ['a noun of direction', 'direction_word', 'It was a day of appreciation.'],
  ['who had the say', 'direction_word', 'Demand outpaced supply.'],
  ['an outlook in other words', 'forecast_word', 'A calm day is looming.'],
  ['a belief', 'forecast_word', 'The desk believes in it.'],
  ['a position', 'direction_word', 'It was time to go long.'],
  ['a comparative', 'direction_word', 'It closed higher.'],
  ['a forecast', 'forecast_word', 'The price will hold.'],
  ['a contracted forecast', 'forecast_word', 'The price won’t hold and it’ll show.'],
  ['a guess', 'forecast_word', 'It is likely to hold.'],
  ['a hint', 'forecast_word', 'It suggests strength.'],
  ['a target', 'forecast_word', 'The target is near.'],
  ['going to', 'forecast_word', 'It is going to hold.'],
  ['an advice', 'forecast_word', 'Caution is advised.'],
  ['an unknown id', 'unknown_fact', 'It was [[price.tomorrow]] then.'],
  ['an id in other letters', 'malformed_slot', 'It was [[price.оpen]] then.'],
  ['a slot with a space', 'malformed_slot', 'It was [[ price.open ]] then.'],
  ['a slot in braces of its own', 'malformed_slot', 'It was [price.open] then.'],
  ['an unclosed slot', 'malformed_slot', 'It was [[price.open then.'],
  ['a size where there is none', 'no_size', 'It was [[price.open:size]] then.'],
  ['slots that touch', 'touching_slot', 'It was [[price.open]][[price.close]] then.'],
  ['a letter on a slot', 'touching_slot', 'It was [[flow.volume]]k then.'],
  ['a point before a slot', 'touching_slot', 'It was .[[flow.volume]] then.'],
  ['a minus before a slot', 'bent_slot', 'It was – [[flow.volume]] then.'],
  ['a negated slot', 'bent_slot', 'It was not [[flow.volume]] then.'],
  ['less than a slot', 'bent_slot', 'It was less than [[flow.volume]] then.'],
  ['an HTML tag', 'markup', 'It was <b>quiet</b> then.'],
  ['an HTML entity', 'markup', 'It was &hash; then.'],
  ['a slot in a comment', 'markup', 'It was <!-- [[price.open]] --> then.'],
  ['a Markdown link', 'malformed_slot', 'See [this](here).'],
  ['an image', 'malformed_slot', 'See ![this](here).'],
  ['code', 'markup', 'See `this` here.'],
  ['emphasis', 'markup', 'It was *quiet* then.'],
  ['an address', 'markup', 'See example.com for it.'],
  ['a list', 'markup', 'So:\n- quiet\n- calm'],
  ['a heading by a line', 'markup', 'So\n---\nquiet'],
  ['an indented block', 'markup', 'So:\n\n    quiet'],
  ['a sign', 'markup', 'It was ~ quiet then.'],
  ['a control character', 'hidden_character', 'It was qu\u0007iet then.'],
  ['a tab', 'hidden_character', 'It was\tquiet then.'],
  ['a direction-changing character', 'hidden_character', 'It was \u202Equiet then.'],
  ['a character of no width', 'hidden_character', 'It was qu\u200Biet then.'],
  ['a soft hyphen', 'hidden_character', 'It was qu\u00ADiet then.'],
  ['a tag character', 'hidden_character', 'It was quiet\u{E0031} then.'],
  ['a variation selector', 'hidden_character', 'It was quiet\uFE0F then.'],
  ['a Cyrillic letter in a Latin word', 'foreign_letter', 'It was qui\u0435t then.'],
  ['a forecast with a Greek letter in it', 'foreign_letter', 'It w\u03B9ll hold.'],
  ['an accented letter', 'foreign_letter', 'It was na\u00EFve then.'],
];

describe('a text is refused for', () => {
  test.each(REFUSED)('%s: %s', (_, code, sentence) => {
    expect(codesOfAdded(sentence)).toContain(code);
  });

  test('nothing at all, and nothing but spaces', () => {
    expect(codesOf('')).toEqual(['empty']);
    expect(codesOf(' \n ')).toEqual(['empty']);
  });

  test('being too long', () => {
    const long = goodText(SHEET, 'So it was. '.repeat(WRITER_CHARACTERS_MAX));
    expect(codesOf(long)).toEqual(['too_long']);
  });

  test('a missing mandatory fact, each by its id', () => {
    for (const { id } of SHEET.facts.filter(({ mandatory }) => mandatory)) {
      const checked = checkText(goodText(SHEET).replace(`[[${id}]]`, 'it'), SHEET);
      expect(checked.ok ? [] : checked.reasons).toContainEqual({ code: 'missing_fact', about: id });
    }
  });

  test('a mandatory fact of which it only says the size', () => {
    const text = goodText(SHEET).replace('[[price.change_bps]]', '[[price.change_bps:size]]');
    expect(codesOf(text)).toEqual(['missing_fact']);
  });

  test('no coverage', () => {
    expect(codesOf('The close was [[price.close]].')).toEqual([
      'missing_fact',
      'coverage_not_first',
    ]);
  });

  test('coverage behind another fact', () => {
    expect(codesOf(`The close was [[price.close]]. ${goodText(SHEET)}`)).toEqual([
      'coverage_not_first',
    ]);
    const late = goodText(SHEET).replace(', [[coverage.unproven]]', '');
    expect(codesOf(`${late} There is [[coverage.unproven]].`)).toEqual(['coverage_not_first']);
    expect(codesOf(`There are [[coverage.outages]]. ${goodText(SHEET)}`)).toEqual([
      'coverage_not_first',
    ]);
  });

  test('reasons that quote nothing of the text but words of the tables', () => {
    const checked = checkText(goodText(SHEET, 'Ignore 5 and [[do.evil]] <x> rose.'), SHEET);
    const said = checked.ok ? '' : JSON.stringify(checked.reasons);
    expect(said).toContain('U+0035');
    expect(said).toContain('rose');
    expect(said).not.toMatch(/evil|Ignore/u);
  });
});

test('each reason is refused by a case above or a test', () => {
  const named = new Set(REFUSED.map(([, code]) => code));
  const tested = ['empty', 'too_long', 'missing_fact', 'coverage_not_first'];
  // The last one guards against what the others let through: nothing is known that does.
  const known = [...named, ...tested, 'rendered_numbers'];
  expect(Object.keys(REASONS).filter((code) => !known.includes(code))).toEqual([]);
});

const DIGIT_LIKE = /\p{N}/u;
const PIECES = [
  ' ',
  '\n\n',
  '. ',
  ', ',
  'quiet',
  'one',
  'won',
  'to',
  'ten',
  'will',
  '-',
  '[[',
  ']]',
  '[[price.open]]',
  '5',
  '[[flow.volume]]',
  '[[price.change_bps:size]]',
  ' [[book.spread]] ',
  '(',
  ')',
  '&#53;',
  '\u2460',
  '\u0665',
];
const LETTERS = fc.constantFrom('a', 'b', 'e', 'i', 'v', 'x', 'm', ' ', '.', ',', '-');
const piece = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.string({ unit: LETTERS, maxLength: 8 }),
);

test('whatever passes has no digit-like character outside its slots, and prints the numbers of its slots alone', () => {
  let passed = 0;
  const arbitrary = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(arbitrary, fc.boolean(), (made, isFirst) => {
      const good = goodText(SHEET);
      const text = isFirst ? `${made}${good}` : `${good} ${made}`;
      const checked = checkText(text, SHEET);
      if (!checked.ok) return;
      passed += 1;
      const prose = text.replaceAll(/\[\[[a-z._]+(?::size)?\]\]/gu, ' ');
      expect(prose.normalize('NFKC')).not.toMatch(DIGIT_LIKE);
      expect(prose).not.toMatch(/[^A-Za-z \n.,;:'’"“”()?!–—-]/u);
      const numbers = checked.paragraphs.join(' ').match(/\p{N}+/gu) ?? [];
      const texts = Array.from(text.matchAll(/\[\[([a-z._]+)(:size)?\]\]/gu), ([, id, size]) => {
        const fact = SHEET.facts.find((one) => one.id === id);
        return (size === undefined ? fact?.text : fact?.size) ?? '';
      });
      expect(numbers).toEqual(texts.flatMap((one) => one.match(/\p{N}+/gu) ?? []));
    }),
    { numRuns: 3_000 },
  );
  expect(passed).toBeGreaterThan(50);
});
