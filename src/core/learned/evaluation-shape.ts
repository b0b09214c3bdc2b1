/** `evaluation.json`, which training and evaluation write and the page of it shows, declared once. */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { MODEL_PARTS } from './evaluation-parts.js';

const EVALUATION_PARTS = {
  created_by: {
    is: 'object',
    about: 'What made it.',
    fields: {
      flowbars: { is: 'name', about: 'Version of flowbars.' },
      python: { is: 'name', about: 'Version of Python.' },
      packages: { is: 'texts', about: 'Versions of its packages by name.' },
    },
  },
  judged_dataset: {
    is: 'object',
    about: 'The dataset that was judged on.',
    fields: {
      card_sha256: { is: 'sha256', about: 'SHA-256 of its card.json.' },
      symbols: { is: 'list', of: { is: 'name' }, about: 'Its symbols.' },
      from: { is: 'day', about: 'Its first day.' },
      to: { is: 'day', about: 'Its last day.' },
      horizon_ms: { is: 'positive', about: 'Milliseconds that a label looks ahead.' },
      rows: { is: 'count', about: 'Rows outside the sealed block.' },
      flat_rows: {
        is: 'count',
        about: 'Those of them that are FLAT: neither trained on nor judged.',
      },
      rows_sealed: { is: 'count', about: 'Rows of the sealed block.' },
    },
  },
  cost: {
    is: 'object',
    about: 'One cost of trading.',
    fields: {
      round_trip_bps: { is: 'amount', about: 'Basis points of both sides together.' },
      break_even_accuracy: {
        is: 'amount',
        orNull: true,
        about: 'Share of right directions that pays it; above 1 no model can. Null without rows.',
      },
    },
  },
  judged_model: {
    is: 'object',
    about: 'One model.',
    fields: {
      name: {
        is: 'name',
        about: 'lightgbm, xgboost, logistic, last_sign, constant, or a foundation model.',
      },
      status: { is: 'ref', to: 'judged' },
      detail: { is: 'text', about: 'Why it is not judged, or on which part it is.' },
      seconds: { is: 'amount', about: 'Seconds that it took, placebos included.' },
      pooled: {
        is: 'ref',
        to: 'metrics',
        about: 'Over all folds; its figures are null where it is not judged.',
      },
      folds: { is: 'list', of: { is: 'ref', to: 'fold' }, about: 'By test block.' },
      calibration: {
        is: 'list',
        of: { is: 'ref', to: 'calibration_bin' },
        about: 'Predicted beside happened, by probability.',
      },
      confidence: {
        is: 'list',
        of: { is: 'ref', to: 'confidence_decile' },
        about: 'By confidence.',
      },
      importance: {
        is: 'list',
        of: { is: 'ref', to: 'importance' },
        about: 'Features by gain; empty where the model has no such thing.',
      },
      p_value: {
        is: 'share',
        orNull: true,
        about:
          'Share of rotations within days that are at least as good; null where it is not judged.',
      },
      placebos: { is: 'list', of: { is: 'ref', to: 'placebo' }, about: 'Each placebo.' },
      verdict: { is: 'ref', to: 'model_verdict' },
    },
  },
  seal: {
    is: 'object',
    about: 'The opening of the sealed rows that are judged here.',
    fields: {
      opening: { is: 'positive', about: 'How often they have been opened, this time included.' },
      again: { is: 'truth', about: 'They had been opened before, so they are no longer unseen.' },
    },
  },
  evaluation: {
    is: 'object',
    about: 'How well models predict a dataset.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      kind: { is: 'word', of: ['evaluation'], about: 'evaluation.' },
      created_by: { is: 'ref', to: 'created_by' },
      dataset: { is: 'ref', to: 'judged_dataset' },
      trials: { is: 'count', about: 'Trials made on this dataset so far, this one included.' },
      smallest_auc: {
        is: 'number',
        orNull: true,
        about: 'Smallest AUC that so many rows can tell from 0.5; null without rows.',
      },
      mean_abs_return_bps: {
        is: 'amount',
        orNull: true,
        about: 'Mean distance that the price moves in the horizon; null without rows.',
      },
      costs: { is: 'list', of: { is: 'ref', to: 'cost' }, about: 'Costs that were asked for.' },
      sealed: {
        is: 'ref',
        to: 'seal',
        orNull: true,
        about: 'Null where no sealed row is judged.',
      },
      models: { is: 'list', of: { is: 'ref', to: 'judged_model' }, about: 'Each model.' },
    },
  },
} as const;

type Named = typeof MODEL_PARTS & typeof EVALUATION_PARTS;

export const EVALUATION_SHAPES: Named = { ...MODEL_PARTS, ...EVALUATION_PARTS };

export type Interval = ValueOf<Named['interval'], Named>;
export type Metrics = ValueOf<Named['metrics'], Named>;
export type JudgedFold = ValueOf<Named['fold'], Named>;
export type Placebo = ValueOf<Named['placebo'], Named>;
export type JudgedModel = ValueOf<Named['judged_model'], Named>;
export type Evaluation = ValueOf<Named['evaluation'], Named>;

export const isEvaluation: Guard<Evaluation> = guardOf('evaluation', EVALUATION_SHAPES);
