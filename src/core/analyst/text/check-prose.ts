/** What stands between the slots: which characters, which words, and what touches a slot. */
import type { Reason, ReasonCode } from './reasons.js';
import { BENDING, phraseReason, UNITS_BEHIND, wordReason } from './refused-words.js';
import type { Piece } from './slots.js';

/** Letters, spaces, and the punctuation of plain prose: all else is refused, so that no trick needs a rule of its own. */
const PLAIN_CHARACTER = /^[A-Za-z \n.,;:'’"“”()?!–—-]$/u;

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

export function proseReasons(pieces: readonly Piece[]): Reason[] {
  return pieces.flatMap((piece, index) => {
    if (piece.kind === 'slot') return [];
    const [isAfterSlot, isBeforeSlot] = [index > 0, index < pieces.length - 1];
    const { text } = piece;
    return [
      ...characterReasons(text),
      ...lineReasons(text, isAfterSlot),
      ...wordReasons(text),
      ...(isAfterSlot ? behindReasons(text, !isBeforeSlot) : []),
      ...(isBeforeSlot ? beforeReasons(text, !isAfterSlot) : []),
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
    ...word.split('-'),
    // `tw-enty` and `do-uble`, put together again.
    word.replaceAll('-', ''),
  ]);
  const single = words.filter((word) => word.length === 1 && word !== 'a' && word !== 's');
  const reasons = [...new Set(words)].flatMap((word): Reason[] => {
    const code = wordReason(word);
    return code === undefined ? [] : [{ code, about: word }];
  });
  const phrase = phraseReason(compounds.join(' ').replaceAll('-', ' '));
  return [
    ...reasons,
    ...(phrase === undefined ? [] : [{ code: phrase, about: '' }]),
    ...(single.length === 0 ? [] : [{ code: 'number_word', about: 'a letter by itself' } as const]),
  ];
}

/** Lower case; `won't` becomes `wont`, `it'll` becomes `it` and `ll`. */
function wordsIn(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’]t\b/gu, 't')
    .replaceAll(/['’]/gu, ' ')
    .replaceAll(/[–—]/gu, ' ');
  return Array.from(plain.matchAll(/[a-z]+(?:-[a-z]+)*/gu), ([word]) => word);
}

function behindReasons(text: string, isLast: boolean): Reason[] {
  const isApart = (isLast && text === '') || /^[ \n.,;:)"”?!]/u.test(text);
  const [, word = ''] = /^[ \n]+([A-Za-z]+)/u.exec(text) ?? [];
  return [
    ...(isApart ? [] : [{ code: 'touching_slot', about: '' } as const]),
    ...(UNITS_BEHIND.test(word.toLowerCase())
      ? [{ code: 'unit_word', about: word.toLowerCase() } as const]
      : []),
  ];
}

function beforeReasons(text: string, isFirst: boolean): Reason[] {
  const isApart = (isFirst && text === '') || /[ \n("“]$/u.test(text);
  const [, word = ''] = /([A-Za-z]+)[ \n("“]+$/u.exec(text) ?? [];
  const isBent = BENDING.has(word.toLowerCase()) || /[-–—][ \n("“]*$/u.test(text);
  return [
    ...(isApart ? [] : [{ code: 'touching_slot', about: '' } as const]),
    ...(isBent ? [{ code: 'bent_slot', about: word.toLowerCase() } as const] : []),
  ];
}
