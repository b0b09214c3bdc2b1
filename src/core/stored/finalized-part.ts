/**
 * One task's part of a day's manifest, if several tasks finalize the day. Parts are stored below the
 * run; the task that finds all of them writes the manifest. Readers ignore parts.
 */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { MANIFEST_SHAPES } from './manifest.js';

const PART_SHAPES = {
  'finalized-part': {
    is: 'object',
    about:
      "One finalizing task's part of the day's manifest. The task that finds all parts of its run writes the manifest; readers ignore the parts.",
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      run_id: { is: 'name', about: 'The run.' },
      date: { is: 'ref', to: 'date' },
      index: { is: 'count', about: "Index of the slice of the day's symbols, from 0." },
      count: { is: 'count', about: 'Number of slices of the day.' },
      dataset: { is: 'ref', to: 'dataset' },
      symbols: {
        is: 'list',
        of: { is: 'ref', to: 'entry' },
        about:
          'One entry per symbol of the slice, in order: what the run published, or null and its attempt.',
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
