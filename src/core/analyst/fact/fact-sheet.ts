/** The fact sheet of a symbol-day: all that a report may say, coverage first. */
import { SCHEMA_VERSION } from '../../shape/shape.js';
import { assert } from '../../unit/errors.js';
import type { AnalysedDay } from './analysed-day.js';
import { bookFacts } from './book-facts.js';
import { coverageFacts } from './coverage-facts.js';
import type { Fact } from './fact.js';
import { flowFacts } from './flow-facts.js';
import { modelFacts } from './model-facts.js';
import { patternFacts } from './pattern-facts.js';
import { priceFacts } from './price-facts.js';
import { scoreFacts } from './score-facts.js';
import { type TraceRoots, tracerOf } from './trace.js';

export interface FactSheet {
  readonly schema_version: number;
  readonly kind: 'fact_sheet';
  readonly symbol: string;
  readonly date: string;
  readonly facts: readonly Fact[];
}

export interface SheetRoots extends TraceRoots {
  /** The folder of the evaluation; empty without one. */
  readonly models: string;
}

/** A fact of every report: the first one that is stated. */
export const FIRST_FACT = 'coverage.share';

const ID = /^[a-z]+(?:[._][a-z]+)*$/u;
/** What a slot prints passes into prose, into a prompt, Markdown and HTML. */
const PLAIN = /^[A-Za-z0-9 .,;:%()_+-]+$/u;

export function factSheet(day: AnalysedDay, { models, ...roots }: SheetRoots): FactSheet {
  const traced = { ...day, tracer: tracerOf(day, roots) };
  const facts = [
    ...coverageFacts(traced),
    ...priceFacts(traced),
    ...flowFacts(traced),
    ...bookFacts(traced),
    ...patternFacts(traced),
    ...scoreFacts(traced),
    ...modelFacts(day.evaluation, models),
  ];
  for (const { id, text } of facts) {
    assert(ID.test(id), `a fact's id has letters alone: ${id}`);
    assert(PLAIN.test(text), `a fact's text is plain: ${id}`);
  }
  assert(facts[0]?.id === FIRST_FACT, 'coverage comes first');
  assert(new Set(facts.map(({ id }) => id)).size === facts.length, 'a fact has one id');
  return {
    schema_version: SCHEMA_VERSION,
    kind: 'fact_sheet',
    symbol: day.symbol,
    date: day.date,
    facts,
  };
}

export function factsById({ facts }: FactSheet): ReadonlyMap<string, Fact> {
  return new Map(facts.map((fact) => [fact.id, fact]));
}
