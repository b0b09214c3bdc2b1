/** A fact of a report: a number of a published file, how it is printed, and the command that traces it. */

/** In the order of a report. */
export const SECTIONS = [
  'coverage',
  'price',
  'flow',
  'book',
  'patterns',
  'scoreboard',
  'model',
] as const;
export type Section = (typeof SECTIONS)[number];

/** Names of the fields are those of the stored fact sheet. */
export interface Fact {
  /** Lower-case words with `.` and `_`, without a digit: `price.change_bps`. */
  readonly id: string;
  readonly section: Section;
  /** The text of the file, or what `derivation` makes of such texts, exact unless it names its rounding. */
  readonly value: string;
  readonly unit: string;
  /** What a slot prints. Only it carries digits and directions into a report. */
  readonly text: string;
  /** The size in words, without digit or direction; null where no rule is stated. */
  readonly size: string | null;
  readonly size_rule: string | null;
  /** A report without it is refused. */
  readonly mandatory: boolean;
  /** Name of the file, and what of it. */
  readonly source: string;
  /** Null: the value stands in the file as it is. */
  readonly derivation: string | null;
  /** A command line that shows where it comes from. */
  readonly trace: string;
}

export type FactDraft = Omit<Fact, 'section' | 'size' | 'size_rule' | 'mandatory' | 'derivation'> &
  Partial<Pick<Fact, 'size' | 'size_rule' | 'mandatory' | 'derivation'>>;

export function factsOf(section: Section, drafts: readonly FactDraft[]): Fact[] {
  return drafts.map((draft) => ({
    id: draft.id,
    section,
    value: draft.value,
    unit: draft.unit,
    text: draft.text,
    size: draft.size ?? null,
    size_rule: draft.size_rule ?? null,
    mandatory: draft.mandatory ?? false,
    source: draft.source,
    derivation: draft.derivation ?? null,
    trace: draft.trace,
  }));
}
