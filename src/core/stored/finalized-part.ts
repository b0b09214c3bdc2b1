/**
 * What one task of the final step has to say for a day's manifest, where several share the day: stored
 * below the run, so that the task which finds all parts there writes the manifest. Readers ignore it.
 */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { MANIFEST_SHAPES } from './manifest.js';

const PART_SHAPES = {
  'finalized-part': {
    is: 'object',
    about:
      "What one task of the final step has to say for the day's manifest. The task that finds all parts of its run writes the manifest; readers ignore the parts.",
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      run_id: { is: 'name', about: 'The run.' },
      date: { is: 'ref', to: 'date' },
      index: { is: 'count', about: "Which slice of the day's symbols, from 0." },
      count: { is: 'count', about: 'Slices of the day.' },
      dataset: { is: 'ref', to: 'dataset' },
      symbols: {
        is: 'list',
        of: { is: 'ref', to: 'entry' },
        about:
          'One for each symbol of the slice, in its order: what the run published, or null and its attempt.',
      },
    },
  },
} as const;

type Named = typeof MANIFEST_SHAPES & typeof PART_SHAPES;

export const FINALIZED_PART_SHAPES: Named = { ...MANIFEST_SHAPES, ...PART_SHAPES };

/** `_manifest/runs/{run_id}/finalized/{date}/{index}.json`. */
export type FinalizedPart = ValueOf<Named['finalized-part'], Named>;

export const isFinalizedPart: Guard<FinalizedPart> = guardOf(
  'finalized-part',
  FINALIZED_PART_SHAPES,
);
