/** What stands beside the scores of a day, and what `flowbars score` prints, declared once. */
import type { ValueOf } from '../shape/shape.js';

const SCORE_PARTS = {
  scored_model: {
    is: 'object',
    about: 'The model that scored.',
    fields: {
      model: { is: 'name', about: 'Its kind: lightgbm.' },
      card_sha256: { is: 'sha256', about: 'SHA-256 of its card.json.' },
      file_sha256: { is: 'sha256', about: 'SHA-256 of its model.txt.' },
      golden_rows: { is: 'positive', about: 'Rows whose known scores it gave again before.' },
    },
  },
  score_counts: {
    is: 'object',
    about: 'Minutes by reason; 1,440 together.',
    fields: {
      ok: { is: 'count', about: 'With a score.' },
      warming_up: { is: 'count', about: 'Nothing is published of a part of its look-back.' },
      gap_before: { is: 'count', about: 'An outage, or unproven time, touches its look-back.' },
      null_feature: { is: 'count', about: 'A feature is null that never was in training.' },
    },
  },
  null_count: {
    is: 'object',
    about: 'A feature that leaves minutes without a score.',
    fields: {
      feature: { is: 'name', about: 'Its name.' },
      minutes: { is: 'positive', about: 'Minutes in which it is null and may not be.' },
    },
  },
  scored_input: {
    is: 'object',
    about: 'A published file that features were computed from.',
    fields: {
      name: { is: 'name', about: 'Its name below the output root.' },
      sha256: { is: 'sha256', about: 'SHA-256 of its bytes.' },
    },
  },
  score_file: {
    is: 'object',
    about: 'The file of scores.',
    fields: {
      name: { is: 'name', about: 'Its name below the root.' },
      bytes: { is: 'count', about: 'Its size.' },
      sha256: { is: 'sha256', about: 'SHA-256 of its bytes.' },
    },
  },
  day_scores: {
    is: 'object',
    about: 'The scores of a symbol-day.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      kind: { is: 'word', of: ['day_scores'], about: 'day_scores.' },
      code_version: { is: 'name', about: 'Version of flowbars that scored.' },
      symbol: { is: 'name', about: 'The symbol.' },
      date: { is: 'day', about: 'The UTC day.' },
      keep_unproven: { is: 'truth', about: 'Unproven time counted as complete.' },
      model: { is: 'ref', to: 'scored_model' },
      counts: { is: 'ref', to: 'score_counts' },
      null_features: {
        is: 'list',
        of: { is: 'ref', to: 'null_count' },
        about: 'Features behind null_feature, in the order of the model.',
      },
      inputs: {
        is: 'list',
        of: { is: 'ref', to: 'scored_input' },
        about: 'Those of the day before first, if it is published.',
      },
      file: { is: 'ref', to: 'score_file' },
    },
  },
  scores_left_out: {
    is: 'object',
    about: 'A symbol-day without scores.',
    fields: {
      symbol: { is: 'name', about: 'The symbol.' },
      date: { is: 'day', about: 'The UTC day.' },
      detail: { is: 'name', about: 'Why, in words.' },
    },
  },
  scored: {
    is: 'object',
    about: 'What flowbars score made.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      out: { is: 'name', about: 'The output root, as given.' },
      into: { is: 'name', about: 'The root that holds the scores, as given.' },
      from: { is: 'day', about: 'First day.' },
      to: { is: 'day', about: 'Last day.' },
      good: { is: 'truth', about: 'Something was scored and nothing left out.' },
      days: { is: 'list', of: { is: 'ref', to: 'day_scores' }, about: 'By symbol, then by day.' },
      left_out: { is: 'list', of: { is: 'ref', to: 'scores_left_out' }, about: 'Days without.' },
    },
  },
} as const;

type Named = typeof SCORE_PARTS;
export const SCORE_SHAPES: Named = SCORE_PARTS;

export type DayScoresDocument = ValueOf<Named['day_scores'], Named>;
export type ScoresLeftOut = ValueOf<Named['scores_left_out'], Named>;
export type Scored = ValueOf<Named['scored'], Named>;
