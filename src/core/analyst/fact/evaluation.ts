/** What a report reads of the evaluation that `flowbars train` wrote (evaluation.json). */
import { type Guard, guardOf } from '../../shape/guard.js';
import type { ValueOf } from '../../shape/shape.js';

const READ_PARTS = {
  skill_interval: {
    is: 'object',
    fields: {
      value: { is: 'amount', orNull: true },
      low_4h: { is: 'amount', orNull: true },
      high_4h: { is: 'amount', orNull: true },
    },
  },
  skill_metrics: {
    is: 'object',
    fields: { rows: { is: 'count' }, log_loss_skill: { is: 'ref', to: 'skill_interval' } },
  },
  judged_model: {
    is: 'object',
    fields: {
      name: { is: 'text' },
      status: { is: 'text' },
      pooled: { is: 'ref', to: 'skill_metrics', orNull: true },
      verdict: { is: 'object', fields: { skill: { is: 'truth' } } },
    },
  },
  evaluation: {
    is: 'object',
    fields: {
      schema_version: { is: 'version' },
      trials: { is: 'count' },
      models: { is: 'list', of: { is: 'ref', to: 'judged_model' } },
    },
  },
} as const;

export type Evaluation = ValueOf<(typeof READ_PARTS)['evaluation'], typeof READ_PARTS>;
export type JudgedModel = ValueOf<(typeof READ_PARTS)['judged_model'], typeof READ_PARTS>;

export const isEvaluation: Guard<Evaluation> = guardOf('evaluation', READ_PARTS);
