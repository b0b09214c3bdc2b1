/** A report as it is rendered: its text, who wrote it, and the facts behind it. */
import type { FactSheet } from './fact/fact-sheet.js';
import { type Reason, reasonText } from './text/reasons.js';

export const TEMPLATE_WRITER = 'template';

/** Why the template wrote what another writer was asked for. */
export type Fallback =
  | { readonly kind: 'refused'; readonly attempts: number; readonly reasons: readonly Reason[] }
  /** `what`: what went wrong in words of this project; what a server said reaches no report. */
  | { readonly kind: 'no_text'; readonly what: string };

export interface Report {
  readonly sheet: FactSheet;
  readonly paragraphs: readonly string[];
  /** Who wrote the text. */
  readonly writer: string;
  /** Who was asked first. */
  readonly asked: string;
  readonly fallback: Fallback | undefined;
}

export const TABLE_NOTE =
  'Every number above is one of these facts, printed by the program. The command in the last column shows where it comes from; flowbars explain also needs the raw root, by --raw or FLOWBARS_RAW. The fact sheet (--facts) has the source of each, and how it was derived.';

/** `Written by the template.`; with a fallback, why. */
export function writerLines({ writer, asked, fallback }: Report): readonly string[] {
  if (fallback === undefined) {
    return writer === TEMPLATE_WRITER
      ? ['Written by the template, without a language model.']
      : [
          `Written by the language model behind the writer ${writer}; it wrote no number: each was printed from the facts below.`,
        ];
  }
  if (fallback.kind === 'no_text') {
    return [`Written by the template: the writer ${asked} gave no text (${fallback.what}).`];
  }
  const times = fallback.attempts === 1 ? 'once' : `${fallback.attempts} times`;
  return [
    `Written by the template: the text of the writer ${asked} was refused ${times}. The last reasons:`,
    ...fallback.reasons.map(reasonText),
  ];
}
