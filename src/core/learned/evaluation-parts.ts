/** The parts of an evaluation that belong to one model, declared: metrics, folds, placebos, verdict. */

export const MODEL_PARTS = {
  interval: {
    is: 'object',
    about: 'A figure with intervals of 95 %, by blocks of 4 hours and of days.',
    fields: {
      value: { is: 'number', orNull: true, about: 'The figure; null where it cannot be computed.' },
      low_4h: { is: 'number', orNull: true, about: 'Lower end, by blocks of 4 hours.' },
      high_4h: { is: 'number', orNull: true, about: 'Upper end, by blocks of 4 hours.' },
      low_day: { is: 'number', orNull: true, about: 'Lower end, by blocks of days.' },
      high_day: { is: 'number', orNull: true, about: 'Upper end, by blocks of days.' },
    },
  },
  metrics: {
    is: 'object',
    about: 'How well probabilities fit what happened, against the base rate of the training part.',
    fields: {
      rows: { is: 'count', about: 'Rows judged.' },
      log_loss_skill: {
        is: 'ref',
        to: 'interval',
        about: '1 − log loss / log loss of the base rate: the headline. 0 is no skill.',
      },
      brier_skill: { is: 'ref', to: 'interval', about: 'The same of the Brier score.' },
      auc: {
        is: 'ref',
        to: 'interval',
        about: 'Chance that an UP row gets a higher probability than a DOWN row.',
      },
      accuracy_lift: {
        is: 'ref',
        to: 'interval',
        about: 'Share of right directions minus that of the more frequent one in training.',
      },
      calibration_slope: {
        is: 'number',
        orNull: true,
        about: 'Slope of log odds: 1 is right, below 1 too sure of itself.',
      },
      calibration_error: {
        is: 'number',
        orNull: true,
        about: 'Mean distance of predicted and happened share over the rows of each bin.',
      },
    },
  },
  judged: {
    is: 'word',
    of: ['judged', 'not_judged'],
    about: 'not_judged: too few rows, or one class only.',
  },
  fold: {
    is: 'object',
    about: 'One test block, and what was trained before it.',
    fields: {
      fold: { is: 'integer', about: 'Its number, from 1; -1 for the sealed block.' },
      from: { is: 'day', about: 'First day of the test block.' },
      to: { is: 'day', about: 'Last day of the test block.' },
      train_rows: { is: 'count', about: 'Rows trained on.' },
      test_rows: { is: 'count', about: 'Rows judged.' },
      base_rate: {
        is: 'share',
        orNull: true,
        about: 'Share of UP in the training part; null without rows.',
      },
      trees: { is: 'count', orNull: true, about: 'Trees of the model; null where it has none.' },
      status: { is: 'ref', to: 'judged' },
      detail: { is: 'text', about: 'Why it is not judged, or what was different.' },
      metrics: { is: 'ref', to: 'metrics', orNull: true, about: 'Null where it is not judged.' },
    },
  },
  calibration_bin: {
    is: 'object',
    about: 'Rows with like probabilities.',
    fields: {
      p_mean: { is: 'share', about: 'Mean probability of UP.' },
      up_share: { is: 'share', about: 'Share of UP among them.' },
      rows: { is: 'count', about: 'Their number.' },
    },
  },
  confidence_decile: {
    is: 'object',
    about: 'A tenth of the rows by distance of the probability from one half.',
    fields: {
      decile: { is: 'positive', about: '10: the surest.' },
      rows: { is: 'count', about: 'Rows in it.' },
      accuracy: { is: 'share', orNull: true, about: 'Share of right directions.' },
      net_bps: {
        is: 'list',
        of: { is: 'number', orNull: true },
        about: 'Mean return in basis points after each cost, in the order of costs.',
      },
    },
  },
  importance: {
    is: 'object',
    about: 'What a feature contributes.',
    fields: {
      feature: { is: 'name', about: 'Its name.' },
      share: { is: 'share', about: 'Share of all gain.' },
    },
  },
  placebo_run: {
    is: 'object',
    about: 'One run of a placebo.',
    fields: {
      label: { is: 'name', about: 'Its seed or its shift.' },
      auc: { is: 'number', orNull: true, about: 'AUC.' },
      auc_low: { is: 'number', orNull: true, about: 'Lower end of its interval of 95 %.' },
      auc_high: { is: 'number', orNull: true, about: 'Upper end.' },
      log_loss_skill: { is: 'number', orNull: true, about: 'Log-loss skill.' },
    },
  },
  placebo: {
    is: 'object',
    about: 'Data in which nothing can be predicted, or, in the planted leak, everything.',
    fields: {
      kind: {
        is: 'word',
        of: ['shuffled', 'day_old', 'martingale', 'planted_leak'],
        loose: true,
        about:
          'shuffled: labels in another order. day_old: features of other days. martingale: coins turn the prices of each minute. planted_leak: a feature that knows the label, which must be found.',
      },
      status: {
        is: 'word',
        of: ['clean', 'not_clean', 'not_run'],
        about: 'clean: as it must be.',
      },
      rule: { is: 'text', about: 'What makes it clean.' },
      detail: { is: 'text', about: 'What was found.' },
      runs: { is: 'list', of: { is: 'ref', to: 'placebo_run' }, about: 'Each run.' },
    },
  },
  model_verdict: {
    is: 'object',
    about: 'Whether skill was shown.',
    fields: {
      skill: {
        is: 'truth',
        about:
          'The lower ends of log-loss skill and AUC lie above 0 and 0.5, and all placebos are clean.',
      },
      text: { is: 'name', about: 'In words.' },
      reasons: { is: 'list', of: { is: 'text' }, about: 'What it follows from.' },
    },
  },
} as const;
