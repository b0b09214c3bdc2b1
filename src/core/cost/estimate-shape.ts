/** The document of `flowbars backfill --dry-run` and `rerun --dry-run`, declared once. It is not stored. */
import type { ValueOf } from '../shape/shape.js';

export const ESTIMATE_SHAPES = {
  estimate: {
    is: 'object',
    about: 'What a run would read, take and cost. Nothing was started.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      workflow: { is: 'name', about: 'The deployed workflow that would be started.' },
      raw: { is: 'name', about: 'Its raw root.' },
      out: { is: 'name', about: 'Its output root.' },
      from: { is: 'day', about: 'First day.' },
      to: { is: 'day', about: 'Last day, included.' },
      symbols: { is: 'count', min: 1, about: 'Symbols of the run.' },
      days: { is: 'count', min: 1, about: 'Days of the run.' },
      symbol_days: { is: 'count', min: 1, about: 'Symbols times days.' },
      to_compute: { is: 'count', about: 'Symbol-days that would be computed.' },
      unchanged: {
        is: 'count',
        about: 'Published symbol-days that would not change; they are not computed.',
      },
      without_data: {
        is: 'count',
        about: 'Symbol-days without a chunk of the day in the raw root.',
      },
      lost_inputs: {
        is: 'count',
        about: 'Symbol-days published from raw objects that no longer exist, with none added.',
      },
      input_objects: {
        is: 'count',
        about:
          "Objects to read: each symbol-day's chunks, edges and seed. Neighbouring days read some of them twice.",
      },
      input_bytes: { is: 'count', about: 'Their stored bytes.' },
      output_files: {
        is: 'count',
        about: 'Files to write, with a quality report for each symbol-day to compute.',
      },
      output_bytes: {
        is: 'count',
        about:
          'Their bytes if each of these days is recorded whole and at full rate; less otherwise.',
      },
      parallelism: {
        is: 'count',
        min: 1,
        about: 'Parallel tasks that the minutes assume.',
      },
      windows: {
        is: 'count',
        min: 1,
        about: 'Stretches of days that run one after the other.',
      },
      tasks: {
        is: 'count',
        min: 1,
        about:
          'Cloud Run tasks: the plan, one a symbol and one a slice of each day in every window, and the summary.',
      },
      minutes: {
        is: 'count',
        min: 1,
        about: 'Estimated minutes from start to end, rounded up.',
      },
      usd: {
        is: 'object',
        about: 'Estimated US dollars by list prices, without free tiers.',
        fields: {
          run: { is: 'amount', about: 'vCPUs and memory of Cloud Run.' },
          operations: {
            is: 'amount',
            about: 'Operations of storage, and steps of the workflow.',
          },
          total: { is: 'amount', about: 'Both.' },
        },
      },
      prices_date: { is: 'month', about: 'Month of the price list.' },
      argument: { is: 'open', about: 'What the workflow would be started with.' },
    },
  },
} as const;

export type EstimateDocument = ValueOf<
  (typeof ESTIMATE_SHAPES)['estimate'],
  typeof ESTIMATE_SHAPES
>;
export type Estimate = Pick<
  EstimateDocument,
  'windows' | 'tasks' | 'minutes' | 'usd' | 'prices_date'
>;
