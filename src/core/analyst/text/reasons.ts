/** Why a text of a writer is refused: each reason by its name, in words for the writer and for the report. */

export const REASONS = {
  empty: 'the text is empty',
  too_long: 'the text is too long',
  hidden_character: 'a control, invisible or direction-changing character',
  digit: 'a digit outside a slot, in whatever script or form',
  foreign_letter: 'a letter other than a to z, which may look like one',
  markup: 'a character or line of HTML or Markdown, or one that stands for a number',
  malformed_slot: 'a bracket that is no slot of the form [[fact.id]] or [[fact.id:size]]',
  unknown_fact: 'a slot of a fact that is not on the sheet',
  no_size: 'a size slot of a fact without a size',
  touching_slot: 'a slot that touches something other than a space or plain punctuation',
  bent_slot: 'a word or dash that bends or denies what a slot prints',
  misplaced_slot: 'a slot behind words that name another fact',
  number_word: 'a number in words outside a slot',
  unit_word: 'a unit outside a slot',
  direction_word: 'a direction or comparison outside a slot',
  forecast_word: 'a forecast or advice',
  coverage_word: 'how whole the recording is, outside a slot',
  foreign_word: 'a word of another language',
  missing_fact: 'a mandatory fact is missing',
  coverage_not_first: 'the mandatory facts of coverage do not come before all others',
  rendered_numbers: 'the finished text has numbers other than those of its slots',
} as const;

export type ReasonCode = keyof typeof REASONS;

export interface Reason {
  readonly code: ReasonCode;
  /** An id of the sheet, a word of the tables, a code point or a limit; never the writer's free text. */
  readonly about: string;
}

export function reasonText({ code, about }: Reason): string {
  return about === '' ? `${code}: ${REASONS[code]}` : `${code}: ${REASONS[code]} (${about})`;
}
