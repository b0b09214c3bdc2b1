/**
 * Checks the text of a writer: it may hold plain English and slots, and every number comes out of a slot. The check
 * trusts no writer and knows of no prompt; what it cannot see is whether the words between the slots are apt.
 */
import type { Fact } from '../fact/fact.js';
import { type FactSheet, factsById, FIRST_FACT } from '../fact/fact-sheet.js';
import { proseReasons } from './check-prose.js';
import type { Reason } from './reasons.js';
import { contextReasons } from './slot-context.js';
import { type Piece, piecesOf, printed, renderedText } from './slots.js';

/** Characters of a text, slots as they are written. */
export const WRITER_CHARACTERS_MAX = 6_000;
/** Reasons that are told of one text. */
export const WRITER_REASONS_MAX = 12;

export type CheckedText =
  | { readonly ok: true; readonly paragraphs: readonly string[]; readonly used: readonly string[] }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

export function checkText(text: string, sheet: FactSheet): CheckedText {
  const trimmed = text.trim();
  if (trimmed === '') return refused([{ code: 'empty', about: '' }]);
  if (text.length > WRITER_CHARACTERS_MAX) {
    return refused([{ code: 'too_long', about: `at most ${WRITER_CHARACTERS_MAX} characters` }]);
  }
  const facts = factsById(sheet);
  const pieces = piecesOf(trimmed);
  const slots = pieces.filter((piece) => piece.kind === 'slot');
  const reasons = [
    ...proseReasons(pieces),
    ...contextReasons(pieces),
    ...slots.flatMap((slot): Reason[] => slotReason(slot, facts)),
    ...orderReasons(
      slots.map(({ id, isSize }) => ({ fact: facts.get(id), isSize })),
      /[.!?;]\s|\n\n/u.test(trimmed.split('[[', 1)[0] ?? ''),
      sheet,
    ),
  ];
  if (reasons.length > 0) return refused(reasons);
  const rendered = renderedText(pieces, facts);
  if (
    !hasOnlyNumbersOf(
      rendered,
      slots.map((slot) => printed(slot, facts) ?? ''),
    )
  ) {
    return refused([{ code: 'rendered_numbers', about: '' }]);
  }
  const paragraphs = rendered
    .split(/\n{2,}/u)
    .map((paragraph) => paragraph.replaceAll(/\s+/gu, ' ').trim())
    .filter((paragraph) => paragraph !== '');
  return { ok: true, paragraphs, used: [...new Set(slots.map(({ id }) => id))] };
}

/** Each reason once. */
function refused(reasons: readonly Reason[]): CheckedText {
  const once = new Map(reasons.map((reason) => [`${reason.code} ${reason.about}`, reason]));
  return { ok: false, reasons: [...once.values()].slice(0, WRITER_REASONS_MAX) };
}

function slotReason(
  slot: Extract<Piece, { kind: 'slot' }>,
  facts: ReadonlyMap<string, Fact>,
): Reason[] {
  if (!facts.has(slot.id)) return [{ code: 'unknown_fact', about: '' }];
  return printed(slot, facts) === undefined ? [{ code: 'no_size', about: slot.id }] : [];
}

interface StatedFact {
  readonly fact: Fact | undefined;
  readonly isSize: boolean;
}

/** `stated`: the facts in the order of their slots; a size states no fact. `isLate`: a sentence ends before them. */
function orderReasons(
  stated: readonly StatedFact[],
  isLate: boolean,
  { facts }: FactSheet,
): Reason[] {
  const idsOf = (some: readonly StatedFact[]): ReadonlySet<string | undefined> =>
    new Set(some.filter(({ isSize }) => !isSize).map(({ fact }) => fact?.id));
  const ids = idsOf(stated);
  const missing = facts.filter(({ id, mandatory }) => mandatory && !ids.has(id));
  const other = stated.findIndex(({ fact }) => fact?.section !== 'coverage');
  const before = idsOf(stated.slice(0, other === -1 ? stated.length : other));
  const late = facts.filter(
    ({ id, mandatory, section }) =>
      mandatory && section === 'coverage' && ids.has(id) && !before.has(id),
  );
  const first = stated.at(0);
  const isFirst = first?.fact?.id === FIRST_FACT && !first.isSize && !isLate;
  return [
    ...missing.map(({ id }): Reason => ({ code: 'missing_fact', about: id })),
    ...late.map(({ id }): Reason => ({ code: 'coverage_not_first', about: id })),
    ...(isFirst ? [] : [{ code: 'coverage_not_first', about: FIRST_FACT } as const]),
  ];
}

const NUMBERS = /\p{N}(?:[\p{N}.,:]*\p{N})?/gu;

/** The numbers of the finished text are those of its slots, one by one and in order. */
function hasOnlyNumbersOf(rendered: string, slots: readonly string[]): boolean {
  return numbersIn(rendered).join(' ') === slots.flatMap(numbersIn).join(' ');
}

function numbersIn(text: string): string[] {
  return Array.from(text.normalize('NFKC').matchAll(NUMBERS), ([number]) => number);
}
