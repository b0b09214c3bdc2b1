/** What stands between the slots: which characters, which lines, which words. */
import type { Reason, ReasonCode } from './reasons.js';
import { phraseReason, wordReason } from './refused-words.js';
import type { Piece } from './slots.js';

/**
 * Letters, spaces, and the punctuation of plain prose: all else is refused, so that no trick needs a rule of its own. A
 * question mark turns the fact before it into a doubt.
 */
const PLAIN_CHARACTER = /^[A-Za-z \n.,;:'’"“”()!–—-]$/u;

/** The first that matches names the reason. */
const CHARACTER_REASONS: readonly (readonly [RegExp, ReasonCode])[] = [
  [/\p{N}/u, 'digit'],
  [
    /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{M}\p{Default_Ignorable_Code_Point}]/u,
    'hidden_character',
  ],
  [/[[\]]/u, 'malformed_slot'],
  [/\p{L}/u, 'foreign_letter'],
];

const MARKUP_LINE = /^(?: |\t|[-–—.:;,)?!])/u;
/** `.` and `:` inside a word make a link of it. */
const LINK_LIKE = /[A-Za-z][.:?!,;][A-Za-z]/u;

const ABBREVIATIONS: ReadonlySet<string> = new Set('UTC VWAP CVD OFI FOMO'.split(' '));
/** Words such as mild and dim make no numeral together. */
const ROMAN_LETTERS = /^[ivxlcdm]+$/u;
/** Two plain words that only together are a refused one. */
const PLAIN_PAIRS =
  /^(?:be low|so (?:no|on)|some day|in flows?|a (?:head|void|waiting|scent|rose|rise))$/u;
/** A sentence that begins with what the reader is to do. */
const ADVICE =
  /(?:^|[.!?;:]["”)]?\s+)(?:(?:please|always|never|so|just|do|better)\s+)?(?:stay|hold|keep|wait|enter|leave|take|add|trim|reduce|cut|get|go|act|trade|look|be|stop|start|sit|let|lock)\b/iu;

export function proseReasons(pieces: readonly Piece[]): Reason[] {
  return pieces.flatMap((piece, index) => {
    if (piece.kind === 'slot') return [];
    const isAfterSlot = index > 0;
    const { text } = piece;
    return [
      ...characterReasons(text),
      ...lineReasons(text, isAfterSlot),
      ...wordReasons(text),
      ...(ADVICE.test(isAfterSlot ? ` ${text}` : text)
        ? [{ code: 'forecast_word', about: 'a sentence that tells what to do' } as const]
        : []),
    ];
  });
}

function characterReasons(text: string): Reason[] {
  return Array.from(text).flatMap((character): Reason[] => {
    if (PLAIN_CHARACTER.test(character)) return [];
    const point = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    const forms = [character, character.normalize('NFKC')];
    const [, code] =
      CHARACTER_REASONS.find(([pattern]) => forms.some((form) => pattern.test(form))) ?? [];
    return [{ code: code ?? 'markup', about: point }];
  });
}

function lineReasons(text: string, isAfterSlot: boolean): Reason[] {
  // What follows a slot is no begin of a line.
  const lines = text.split('\n').slice(isAfterSlot ? 1 : 0);
  const isMarkup = lines.some((line) => MARKUP_LINE.test(line)) || LINK_LIKE.test(text);
  return isMarkup ? [{ code: 'markup', about: 'a line or a link' }] : [];
}

function wordReasons(text: string): Reason[] {
  const compounds = wordsIn(text);
  const words = compounds.flatMap((word) => [
    ...word.split(/['-]/u),
    // `tw-enty`, `do-uble` and `ri'sing`, put together again.
    word.replaceAll(/['-]/gu, ''),
  ]);
  const single = words.filter((word) => word.length === 1 && word !== 'a' && word !== 's');
  const plain = compounds.flatMap((word) => word.split(/['-]/u));
  const reasons = [...new Set([...words, ...broken(plain)])].flatMap((word): Reason[] => {
    const code = wordReason(word);
    return code === undefined ? [] : [{ code, about: word }];
  });
  const phrase = phraseReason(plain.join(' '));
  return [
    ...reasons,
    ...(phrase === undefined ? [] : [{ code: phrase, about: '' }]),
    ...(single.length === 0 ? [] : [{ code: 'number_word', about: 'a letter by itself' } as const]),
    ...(hasOddCapitals(text)
      ? [{ code: 'number_word', about: 'capitals that may stand for digits' } as const]
      : []),
  ];
}

/** Words that a space or a line break has cut in two or three, put together again: `fif teen`. */
function broken(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const pair = `${word}${words[index + 1] ?? ''}`;
    const isPlain = PLAIN_PAIRS.test(`${word} ${words[index + 1] ?? ''}`);
    const triple = index + 2 < words.length ? [`${pair}${words[index + 2]}`] : [];
    return [...(isPlain || pair === word ? [] : [pair]), ...triple].filter(
      (joined) => joined.length > 3 && !ROMAN_LETTERS.test(joined),
    );
  });
}

/** `lOO` and `IOO` read as numbers; abbreviations of the field do not. */
function hasOddCapitals(text: string): boolean {
  return Array.from(text.matchAll(/[A-Za-z]+/gu), ([word]) => word).some(
    (word) => /.[A-Z]/u.test(word) && !ABBREVIATIONS.has(word),
  );
}

/** Lower case; `won't` becomes `wont`, `it'll` stays `it'll`. */
function wordsIn(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/'t\b/gu, 't')
    .replaceAll(/[–—]/gu, ' ');
  return Array.from(plain.matchAll(/[a-z]+(?:['-][a-z]+)*/gu), ([word]) => word);
}
