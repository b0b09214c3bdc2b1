/** A made-up evaluation as training writes it: five models, five folds, placebos, and figures that are missing. */
import type {
  Evaluation,
  Interval,
  JudgedFold,
  JudgedModel,
  Metrics,
  Placebo,
} from '../../../src/core/learned/evaluation-shape.js';
import { Random } from '../../../src/core/unit/random.js';

const NO_INTERVAL: Interval = {
  value: null,
  low_4h: null,
  high_4h: null,
  low_day: null,
  high_day: null,
};
const FEATURES = [
  'return_5m',
  'ofi_l1_15m',
  'delta_share_1m',
  'spread_last',
  'imbalance_l5_mean_5m',
  'depth_bid_against_hour',
  'range_position_60m',
  'minute_of_day_sine',
];

export const MADE_EVALUATION: Evaluation = madeEvaluation();

export interface Made {
  /** Log-loss skill of the first model; by default there is none. */
  readonly skill?: number;
}

export function madeEvaluation({ skill = -0.0009 }: Made = {}): Evaluation {
  return {
    schema_version: 5,
    kind: 'evaluation',
    created_by: {
      flowbars: '0.1.0',
      python: '3.11.7',
      packages: { lightgbm: '4.7.0', numpy: '2.4.6', xgboost: '3.2.0' },
    },
    dataset: {
      card_sha256: '3f'.repeat(32),
      symbols: ['BTCUSDT', 'ETHUSDT'],
      from: '2025-12-01',
      to: '2025-12-30',
      horizon_ms: 300_000,
      rows: 68_412,
      flat_rows: 213,
      rows_sealed: 17_020,
    },
    trials: 7,
    smallest_auc: 0.5183,
    mean_abs_return_bps: 5.04,
    costs: [
      { round_trip_bps: 4, break_even_accuracy: 0.897 },
      { round_trip_bps: 8, break_even_accuracy: 1.294 },
      { round_trip_bps: 10, break_even_accuracy: 1.492 },
    ],
    sealed: null,
    models: [
      madeModel('lightgbm', skill, { trees: 64 }),
      madeModel('xgboost', -0.0031, { trees: 51, dirty: true }),
      madeModel('logistic', -0.0003, {}),
      madeModel('last_sign', -0.0006, { plain: true }),
      notJudged('chronos-bolt'),
    ],
  };
}

interface Kind {
  readonly trees?: number;
  readonly dirty?: boolean;
  readonly plain?: boolean;
}

function madeModel(name: string, skill: number, kind: Kind): JudgedModel {
  const random = new Random(name);
  const shows = skill > 0.002;
  const auc = 0.5 + skill * 4 + (random.unit() - 0.5) / 100;
  return {
    name,
    status: 'judged',
    detail: '',
    seconds: 41.25,
    pooled: metrics(54_730, skill, auc, 0.002),
    folds: [1, 2, 3, 4, 5].map((fold) => madeFold(fold, skill, kind, random)),
    calibration: [0.42, 0.45, 0.47, 0.485, 0.5, 0.515, 0.53, 0.55, 0.58].map((p, index) => ({
      p_mean: p,
      up_share: p * (shows ? 0.9 : 0.2) + (shows ? 0.05 : 0.4) + (random.unit() - 0.5) / 40,
      rows: [1_200, 3_900, 7_800, 11_000, 12_400, 9_700, 5_600, 2_400, 730][index] ?? 0,
    })),
    confidence: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((decile) => {
      const gross = (shows ? decile / 2.2 : 0.1) + (random.unit() - 0.5) * 0.8;
      return {
        decile,
        rows: 5_473,
        accuracy: 0.5 + (shows ? decile / 200 : 0) + (random.unit() - 0.5) / 60,
        net_bps: [gross - 4, gross - 8, gross - 10],
      };
    }),
    importance:
      kind.plain === true
        ? []
        : FEATURES.map((feature, index) => ({
            feature,
            share: [0.31, 0.2, 0.14, 0.11, 0.09, 0.07, 0.05, 0.03][index] ?? 0,
          })),
    p_value: shows ? 0.004 : 0.412,
    placebos: placebosOf(kind, random),
    verdict: {
      skill: shows,
      text: shows ? 'skill shown' : 'no skill shown',
      reasons: shows
        ? [
            'the lower end of log-loss skill is above 0 by both kinds of blocks',
            'all placebos are clean',
          ]
        : [
            'the lower end of log-loss skill is −0.30 % (blocks of days), not above 0',
            ...(kind.dirty === true ? ['the placebo martingale is not clean: AUC 0.531'] : []),
          ],
    },
  };
}

function madeFold(fold: number, skill: number, kind: Kind, random: Random): JudgedFold {
  const day = (offset: number): string =>
    `2025-12-${String(4 + fold * 4 + offset).padStart(2, '0')}`;
  const isOpen = fold === 2 && kind.trees === 51;
  const own = skill + (random.unit() - 0.5) / 150;
  return {
    fold,
    from: day(0),
    to: day(3),
    train_rows: 9_000 * fold,
    test_rows: isOpen ? 12 : 10_946,
    base_rate: 0.498 + fold / 1_000,
    trees: kind.trees ?? null,
    status: isOpen ? 'not_judged' : 'judged',
    detail: isOpen
      ? '12 rows, at least 200 are needed'
      : fold === 1
        ? 'no early stopping: the tuning part has 120 rows'
        : '',
    metrics: isOpen ? null : metrics(10_946, own, 0.5 + own * 4, 0.004),
  };
}

function placebosOf({ dirty = false, plain = false }: Kind, random: Random): Placebo[] {
  const run = (label: string, center: number) => {
    const auc = center + (random.unit() - 0.5) / 60;
    return {
      label,
      auc,
      auc_low: auc - 0.011,
      auc_high: auc + 0.011,
      log_loss_skill: auc - 0.5 - 0.01,
    };
  };
  return [
    {
      kind: 'shuffled',
      status: plain ? 'not_run' : 'clean',
      rule: 'at most 3 of 20 intervals of AUC lie above 0.5',
      detail: plain ? 'the model is not trained' : '1 of 20 lies above 0.5',
      runs: plain ? [] : labels(20, 'seed').map((label) => run(label, 0.5)),
    },
    {
      kind: 'day_old',
      status: 'clean',
      rule: 'at most 1 of 4 intervals of AUC lies above 0.5',
      detail: 'none lies above 0.5',
      runs: labels(4, 'shift').map((label) => run(label, 0.5)),
    },
    {
      kind: 'martingale',
      status: dirty ? 'not_clean' : 'clean',
      rule: 'the interval of AUC holds 0.5',
      detail: dirty ? 'AUC 0.531, interval 0.520 to 0.542' : 'it does',
      runs: [run('coins', dirty ? 0.531 : 0.501)],
    },
    {
      kind: 'planted_leak',
      status: 'clean',
      rule: 'AUC is above 0.9: what is there is found',
      detail: 'AUC 0.994',
      runs: [{ label: 'label', auc: 0.994, auc_low: 0.992, auc_high: 0.996, log_loss_skill: 0.91 }],
    },
  ];
}

function labels(count: number, word: string): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);
}

function notJudged(name: string): JudgedModel {
  return {
    name,
    status: 'not_judged',
    detail: 'no day lies after the release of its weights, 2026-01-10',
    seconds: 0,
    pooled: metrics(0, Number.NaN, Number.NaN, Number.NaN),
    folds: [],
    calibration: [],
    confidence: [],
    importance: [],
    p_value: null,
    placebos: (['shuffled', 'martingale'] as const).map((kind) => ({
      kind,
      status: 'not_run',
      rule: '',
      detail: 'the model itself could not be judged',
      runs: [],
    })),
    verdict: { skill: false, text: 'no skill shown', reasons: [] },
  };
}

function metrics(rows: number, skill: number, auc: number, half: number): Metrics {
  return {
    rows,
    log_loss_skill: interval(skill, half),
    brier_skill: interval(skill * 0.9, half),
    auc: interval(auc, half * 4),
    accuracy_lift: interval(skill * 2, half * 2),
    calibration_slope: Number.isNaN(skill) ? null : skill > 0.002 ? 0.93 : 0.12,
    calibration_error: skill > 0.002 ? 0.011 : null,
  };
}

function interval(value: number, half: number): Interval {
  if (Number.isNaN(value)) return NO_INTERVAL;
  return {
    value,
    low_4h: value - half,
    high_4h: value + half,
    low_day: value - half * 1.4,
    high_day: value + half * 1.4,
  };
}
