/** The plan of a run, its refusal, and the numbers of either that the workflow reads, declared once. */
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
        about: 'Tasks of the phase aggregate: one per symbol with a day in the window.',
      },
      finalize_tasks: {
        is: 'positive',
        about: "Tasks of the phase finalize: one per slice of a day's symbols.",
      },
    },
  },
  stretch: {
    is: 'object',
    about: 'Consecutive days.',
    fields: {
      from: { is: 'date', about: 'First day.' },
      to: { is: 'date', about: 'Last day, included.' },
    },
  },
  recorded_symbol: {
    is: 'object',
    about: 'The days of one symbol of which something is recorded.',
    fields: {
      symbol: { is: 'symbol', about: 'The symbol.' },
      days: { is: 'list', of: { is: 'ref', to: 'stretch' }, min: 1, about: 'In order.' },
    },
  },
  run_plan: {
    is: 'object',
    about: 'A plan that can run.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      run_id: { is: 'name', about: 'The run.' },
      arguments: {
        is: 'open',
        about: 'The request as given: arguments of an execution, or options.',
      },
      refused: { is: 'null', about: 'Null: the request was accepted.' },
      from: { is: 'date', about: 'First day.' },
      to: { is: 'date', about: 'Last day, included.' },
      windows: {
        is: 'list',
        of: { is: 'ref', to: 'window' },
        min: 1,
        about: 'Windows of days, in order. Each is aggregated and finalized before the next.',
      },
      symbols_found: {
        is: 'truth',
        about: 'Whether the symbols are the folders of the raw root.',
      },
      slice_symbols: {
        is: 'positive',
        about: 'Most symbols of a day that one finalizing task checks.',
      },
      options: {
        is: 'texts',
        about: 'Texts of options by name; an option that is not listed has no value.',
      },
      symbols: {
        is: 'list',
        of: { is: 'symbol' },
        min: 1,
        max: 10_000,
        about:
          'All symbols. The aggregating task with an index takes the symbol at that index, of those with a day in its window.',
      },
      recorded: {
        is: 'list',
        orNull: true,
        of: { is: 'ref', to: 'recorded_symbol' },
        about:
          'With --recorded: the days of each symbol, in the order of the symbols. Null: every day of every symbol.',
      },
    },
  },
  refusal: {
    is: 'object',
    fields: {
      where: { is: 'text', about: 'The argument, variable, option or object.' },
      what: { is: 'text', about: 'What was checked.' },
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
    about: 'A refused request.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      run_id: { is: 'name', about: 'The run.' },
      arguments: { is: 'text', about: 'The arguments as given.' },
      refused: { is: 'ref', to: 'refusal', about: 'Why there is no plan.' },
    },
  },
  plan: {
    is: 'either',
    of: ['run_plan', 'refused_plan'],
    about: 'What a run will do, or why it was refused; stored before the first task starts.',
  },
  fan_out: {
    is: 'object',
    about: "The part of a run's plan that the workflow reads.",
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      run_id: { is: 'name', about: 'The run.' },
      refused: {
        is: 'text',
        orNull: true,
        about: 'Why the request was refused, in one line; null for a plan.',
      },
      from: { is: 'date', orNull: true, about: 'First day; null for a refusal.' },
      to: { is: 'date', orNull: true, about: 'Last day, included; null for a refusal.' },
      symbols: { is: 'count', max: 10_000, about: 'Number of symbols; 0 for a refusal.' },
      windows: {
        is: 'list',
        of: { is: 'ref', to: 'window' },
        max: 1_000,
        about: 'The windows of the plan; empty for a refusal.',
      },
    },
  },
} as const;

type Named = typeof PLAN_SHAPES;

/** What a run will do. */
export type RunPlan = ValueOf<Named['run_plan'], Named>;
/** Stored in place of a plan if the arguments are invalid. */
export type RefusedPlan = ValueOf<Named['refused_plan'], Named>;
export type StoredPlan = ValueOf<Named['plan'], Named>;
/** What the workflow reads. All variables of a workflow hold 512 kB together. */
export type FanOut = ValueOf<Named['fan_out'], Named>;

export const isStoredPlan: Guard<StoredPlan> = guardOf('plan', PLAN_SHAPES);
