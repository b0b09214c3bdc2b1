/** The plan of a run, its refusal and the numbers that the workflow reads of either, declared once. */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';

export const PLAN_SHAPES = {
  window: {
    is: 'object',
    fields: {
      from: { is: 'date', about: 'First day.' },
      to: { is: 'date', about: 'Last day, included.' },
      aggregate_tasks: {
        is: 'positive',
        about: 'Tasks of the phase aggregate: one a symbol.',
      },
      finalize_tasks: {
        is: 'positive',
        about: "Tasks of the phase finalize: one a slice of a day's symbols.",
      },
    },
  },
  run_plan: {
    is: 'object',
    about: 'A plan.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      run_id: { is: 'name', about: 'The run.' },
      arguments: {
        is: 'open',
        about: 'What was asked for, as it was said: arguments of an execution, or options.',
      },
      refused: { is: 'null', about: 'Null: it can be.' },
      from: { is: 'date', about: 'First day.' },
      to: { is: 'date', about: 'Last day, included.' },
      windows: {
        is: 'list',
        of: { is: 'ref', to: 'window' },
        min: 1,
        about: 'Days that are aggregated and finalized before the next ones, in order.',
      },
      symbols_found: {
        is: 'truth',
        about: 'Whether the symbols are the folders of the raw root.',
      },
      slice_symbols: {
        is: 'positive',
        about: 'Symbols of a day that one task of the phase finalize looks at.',
      },
      options: {
        is: 'texts',
        about: 'Texts by the names of their options; what is not here has no value.',
      },
      symbols: {
        is: 'list',
        of: { is: 'symbol' },
        min: 1,
        max: 10_000,
        about: 'The task of an index aggregates the symbol at that index.',
      },
    },
  },
  refusal: {
    is: 'object',
    fields: {
      where: { is: 'text', about: 'The argument, variable, option or object.' },
      what: { is: 'text', about: 'What was looked at.' },
      found: { is: 'text', about: 'What was found.' },
      expected: { is: 'text', about: 'What was expected.' },
      message: {
        is: 'text',
        about: 'The four parts in one line, as the workflow raises them.',
      },
    },
  },
  refused_plan: {
    is: 'object',
    about: 'A refusal.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      run_id: { is: 'name', about: 'The run.' },
      arguments: { is: 'text', about: 'The arguments as they were given.' },
      refused: { is: 'ref', to: 'refusal', about: 'Why there is no plan.' },
    },
  },
  plan: {
    is: 'either',
    of: ['run_plan', 'refused_plan'],
    about: 'What a run is to do, stored before its first task starts; or why it cannot be.',
  },
  fan_out: {
    is: 'object',
    about: "What the workflow reads of a run's plan.",
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      run_id: { is: 'name', about: 'The run.' },
      refused: {
        is: 'text',
        orNull: true,
        about: 'Why there is nothing to do, in one line; null for a plan.',
      },
      from: { is: 'date', orNull: true, about: 'First day; null for a refusal.' },
      to: { is: 'date', orNull: true, about: 'Last day, included; null for a refusal.' },
      symbols: { is: 'count', max: 10_000, about: 'How many there are; 0 for a refusal.' },
      windows: {
        is: 'list',
        of: { is: 'ref', to: 'window' },
        max: 1_000,
        about: 'As in the plan; none for a refusal.',
      },
    },
  },
} as const;

type Named = typeof PLAN_SHAPES;

/** What a run is to do. */
export type RunPlan = ValueOf<Named['run_plan'], Named>;
/** What is stored in place of a plan where the arguments cannot be. */
export type RefusedPlan = ValueOf<Named['refused_plan'], Named>;
export type StoredPlan = ValueOf<Named['plan'], Named>;
/** What the workflow reads, whose variables hold 512 kB in all. */
export type FanOut = ValueOf<Named['fan_out'], Named>;

export const isStoredPlan: Guard<StoredPlan> = guardOf('plan', PLAN_SHAPES);
