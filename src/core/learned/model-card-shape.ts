/** The card of a model, which is written before its file and says all that is known of it, declared once. */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { MODEL_PARTS } from './evaluation-parts.js';

const CARD_PARTS = {
  card_dataset: {
    is: 'object',
    about: 'The dataset that it was trained on.',
    fields: {
      card_sha256: { is: 'sha256', about: 'SHA-256 of its card.json.' },
      symbols: { is: 'list', of: { is: 'name' }, about: 'Its symbols.' },
      from: { is: 'day', about: 'Its first day.' },
      to: { is: 'day', about: 'Its last day.' },
    },
  },
  model_input: {
    is: 'object',
    about: 'A feature that it reads.',
    fields: {
      name: { is: 'name', about: 'Its name.' },
      nulls_in_training: {
        is: 'truth',
        about: 'It was null in training rows; else a row in which it is null gets no score.',
      },
      formula: { is: 'name', about: 'How it was computed.' },
    },
  },
  training: {
    is: 'object',
    about: 'What it was trained on.',
    fields: {
      rows: { is: 'count', about: 'Rows.' },
      base_rate: { is: 'share', about: 'Share of UP among them, weighted.' },
      from: { is: 'instant', about: 'First decision time.' },
      last_label_end: { is: 'instant', about: 'End of the last label: it has seen nothing later.' },
      trees: { is: 'count', orNull: true, about: 'Trees; null where it has none.' },
      detail: { is: 'text', about: 'What a person should know of it.' },
      sealed_from: {
        is: 'instant',
        orNull: true,
        about: 'First decision time of the sealed block; null without one.',
      },
    },
  },
  model_file: {
    is: 'object',
    about: 'The model itself.',
    fields: {
      name: { is: 'name', about: 'Its name in the same folder.' },
      bytes: { is: 'count', about: 'Its size.' },
      sha256: { is: 'sha256', about: 'SHA-256 of its bytes.' },
    },
  },
  card_placebo: {
    is: 'object',
    about: 'A placebo, without its runs.',
    fields: {
      kind: { is: 'name', about: 'As in evaluation.json.' },
      status: { is: 'word', of: ['clean', 'not_clean', 'not_run'], about: 'clean: as it must be.' },
      rule: { is: 'text', about: 'What makes it clean.' },
      detail: { is: 'text', about: 'What was found.' },
    },
  },
  sealed_opening: {
    is: 'object',
    about: 'An opening of sealed rows to judge this model.',
    fields: {
      card_sha256: { is: 'sha256', about: 'SHA-256 of the card of the dataset.' },
      opening: { is: 'positive', about: 'How often they had been opened then, this one included.' },
    },
  },
  model_card: {
    is: 'object',
    about: 'A model that was trained.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      kind: { is: 'word', of: ['model_card'], about: 'model_card.' },
      model: { is: 'name', about: 'Kind of model: lightgbm, xgboost, logistic, ….' },
      question: { is: 'name', about: 'What it answers.' },
      labelling: { is: 'open', about: 'The options of the dataset that make its labels.' },
      dataset: { is: 'ref', to: 'card_dataset' },
      look_back_ms: { is: 'positive', about: 'Milliseconds that its features look back.' },
      embargo_ms: { is: 'positive', about: 'Milliseconds between training and test rows.' },
      inputs: {
        is: 'list',
        of: { is: 'ref', to: 'model_input' },
        about: 'Features, in its order.',
      },
      left_out: { is: 'texts', about: 'Features that it does not read, by name, and why.' },
      trained: { is: 'ref', to: 'training' },
      options: { is: 'open', about: 'Options of its library.' },
      file: { is: 'ref', to: 'model_file' },
      verdict: { is: 'ref', to: 'model_verdict' },
      placebos: { is: 'list', of: { is: 'ref', to: 'card_placebo' }, about: 'Each placebo.' },
      sealed_openings: {
        is: 'list',
        of: { is: 'ref', to: 'sealed_opening' },
        about: 'When sealed rows were opened for it.',
      },
    },
  },
} as const;

type Named = Pick<typeof MODEL_PARTS, 'model_verdict'> & typeof CARD_PARTS;

export const MODEL_CARD_SHAPES: Named = {
  model_verdict: MODEL_PARTS.model_verdict,
  ...CARD_PARTS,
};

export type ModelCard = ValueOf<Named['model_card'], Named>;

export const isModelCard: Guard<ModelCard> = guardOf('model_card', MODEL_CARD_SHAPES);
