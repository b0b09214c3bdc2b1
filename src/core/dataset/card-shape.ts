/** The card of a dataset, declared once (docs/DATASET.md): everything that decided which rows are in it and what they hold. */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { DAY_SHAPES } from '../stored/report-parts.js';

export const CARD_NAME = 'card.json';

const CARD_PARTS = {
  dead_zone: {
    is: 'object',
    about: 'How far the price has to move to be UP or DOWN.',
    fields: {
      kind: {
        is: 'word',
        of: ['bps', 'spread', 'cost'],
        about:
          "bps: a share of the entry. spread: the minute's avg_spread. cost: the fee of a round trip and avg_spread.",
      },
      bps: { is: 'amount', orNull: true, about: 'Basis points of the entry; null for the others.' },
    },
  },
  dataset_options: {
    is: 'object',
    about: 'What was asked for; defaults are written out.',
    fields: {
      symbols: {
        is: 'list',
        of: { is: 'ref', to: 'symbol' },
        min: 1,
        about: 'Symbols, in the order of their names.',
      },
      from: { is: 'ref', to: 'date', about: 'First day.' },
      to: { is: 'ref', to: 'date', about: 'Last day.' },
      latency_ms: { is: 'count', about: 'From the decision to the first price that counts.' },
      wait_max_ms: { is: 'count', about: 'How long that price may take.' },
      horizon_ms: { is: 'positive', about: 'From that instant to the label.' },
      look_back_ms: { is: 'positive', about: 'What features see before the decision.' },
      labels: { is: 'word', of: ['fixed', 'triple-barrier'], about: 'Which labels.' },
      dead_zone: { is: 'ref', to: 'dead_zone' },
      barrier_k: {
        is: 'amount',
        orNull: true,
        about: 'Barriers at so many standard deviations; null with fixed labels.',
      },
      fee_bps: { is: 'amount', about: 'Fee of a round trip.' },
      keep_unproven: { is: 'truth', about: 'Time that nothing proves counts as known.' },
      embargo_ms: {
        is: 'positive',
        about: 'From the last label of a training part to the first decision of its test block.',
      },
      folds: { is: 'positive', about: 'Test blocks, at most.' },
      rolling_days: {
        is: 'positive',
        orNull: true,
        about: 'Days before a test block that are trained on; null: all.',
      },
      sealed_percent: { is: 'count', max: 99, about: 'Share of the days that is sealed.' },
      seed: { is: 'count', about: 'Of the coins of the martingale.' },
    },
  },
  dataset_input: {
    is: 'object',
    about: 'A published file that was read.',
    fields: {
      kind: { is: 'word', of: ['bars', 'signals'], about: 'What it holds.' },
      resolution: { is: 'resolution', about: 'Length of its rows.' },
      name: { is: 'name', about: 'Its name below the output root.' },
      bytes: { is: 'count', about: 'Its size.' },
      sha256: { is: 'sha256', about: 'SHA-256 of its bytes, as the manifest lists it.' },
    },
  },
  dataset_day: {
    is: 'object',
    about: 'A day of a symbol.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      state: {
        is: 'word',
        of: ['used', 'unpublished', 'unreadable', 'empty', 'not_listed', 'damaged'],
        about:
          'used: it is in the samples. The others break the series like an outage: no manifest lists the day, its manifest cannot be read, nothing was recorded, a needed file was not published, a file is not stored as it is listed.',
      },
      detail: { is: 'text', about: 'The same in words; empty if used.' },
      coverage: { is: 'share', orNull: true, about: 'Its coverage; null if not used.' },
      files: {
        is: 'list',
        of: { is: 'ref', to: 'dataset_input' },
        about: 'What was read; empty if not used.',
      },
    },
  },
  dataset_reasons: {
    is: 'object',
    about:
      'Minutes of a symbol by what became of them; they add up to 1,440 a day, and up, down and flat to ok.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      ok: { is: 'count', about: 'Rows of the samples.' },
      warming_up: { is: 'count', about: 'The look-back begins before the first day.' },
      gap_before: { is: 'count', about: 'The look-back touches a gap.' },
      gap_after: { is: 'count', about: 'A gap touches the time from decision to label.' },
      no_price: { is: 'count', about: 'No trade within the longest wait.' },
      ambiguous: { is: 'count', about: 'Both barriers were touched in one second.' },
      end_of_data: { is: 'count', about: 'The label lies behind the last day.' },
      up: { is: 'count', about: 'Rows labelled UP.' },
      down: { is: 'count', about: 'Rows labelled DOWN.' },
      flat: { is: 'count', about: 'Rows labelled FLAT.' },
    },
  },
  dataset_feature: {
    is: 'object',
    about: 'A feature.',
    fields: {
      name: { is: 'name', about: 'Its column. A changed formula is a new name.' },
      window_minutes: { is: 'positive', orNull: true, about: 'Its window; null without one.' },
      unit: { is: 'name', about: 'Its unit.' },
      formula: { is: 'name', about: 'How it is computed.' },
      null_rule: { is: 'name', about: 'When it is null.' },
    },
  },
  fold_limits: {
    is: 'object',
    about: 'Instants that decide which rows a fold trains on, tunes on and is tested on.',
    fields: {
      train_from: { is: 'instant', about: 'Decisions from here on are trained on.' },
      train_until: { is: 'instant', about: 'Labels that end up to here are trained on.' },
      tune_from: {
        is: 'instant',
        orNull: true,
        about:
          'Decisions of the training part from here on judge early stopping; null: too few days.',
      },
      tune_train_until: {
        is: 'instant',
        orNull: true,
        about: 'Labels that end up to here are fitted before that.',
      },
      test_from: { is: 'instant', about: 'First decision of the test block.' },
      test_to: { is: 'instant', about: 'The first decision behind it.' },
    },
  },
  dataset_fold: {
    is: 'object',
    like: 'fold_limits',
    fields: { fold: { is: 'positive', about: 'Number of its test block, from 1.' } },
  },
  dataset_folds: {
    is: 'object',
    about: 'The walk-forward split.',
    fields: {
      made: { is: 'truth', about: 'False: too few days.' },
      detail: { is: 'text', about: 'Why there are none, in words.' },
      list: { is: 'list', of: { is: 'ref', to: 'dataset_fold' }, about: 'Oldest first.' },
      sealed: {
        is: 'ref',
        to: 'fold_limits',
        orNull: true,
        about: 'The sealed block; null without one.',
      },
    },
  },
  dataset_file: {
    is: 'object',
    about: 'A file of the dataset.',
    fields: {
      kind: {
        is: 'word',
        of: ['samples', 'martingale', 'closes'],
        about:
          'samples: rows of the market. martingale: the placebo. closes: the close of every minute.',
      },
      symbol: { is: 'ref', to: 'symbol' },
      name: { is: 'name', about: 'Its name beside the card.' },
      rows: { is: 'count', about: 'Its rows.' },
      bytes: { is: 'count', about: 'Its size.' },
      sha256: { is: 'sha256', about: 'SHA-256 of its bytes.' },
    },
  },
  dataset_card: {
    is: 'object',
    about: 'The card of a dataset. The same inputs and options give the same bytes.',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      kind: { is: 'word', of: ['dataset_card'], about: 'What this is.' },
      code_version: { is: 'ref', to: 'code_version' },
      question: { is: 'name', about: 'What is to be predicted.' },
      options: { is: 'ref', to: 'dataset_options' },
      days: {
        is: 'list',
        of: { is: 'ref', to: 'dataset_day' },
        about: 'By symbol, then by day: every day from the first to the last.',
      },
      reasons: { is: 'list', of: { is: 'ref', to: 'dataset_reasons' }, about: 'By symbol.' },
      features: {
        is: 'list',
        of: { is: 'ref', to: 'dataset_feature' },
        about: 'In the order of the columns.',
      },
      folds: { is: 'ref', to: 'dataset_folds' },
      files: {
        is: 'list',
        of: { is: 'ref', to: 'dataset_file' },
        about: 'By symbol, then samples, martingale, closes.',
      },
    },
  },
  made_dataset: {
    is: 'object',
    about: 'What flowbars dataset prints: the card, and where it is.',
    like: 'dataset_card',
    fields: {
      into: { is: 'name', about: 'The root that it was written into, as given.' },
      card_sha256: { is: 'sha256', about: 'SHA-256 of the card: the name of this dataset.' },
      outcome: {
        is: 'word',
        of: ['written', 'unchanged'],
        about: 'unchanged: the card was there with these bytes.',
      },
    },
  },
} as const;

type Named = typeof DAY_SHAPES & typeof CARD_PARTS;

export const DATASET_SHAPES: Named = { ...DAY_SHAPES, ...CARD_PARTS };

export type DatasetCard = ValueOf<Named['dataset_card'], Named>;
export type MadeDatasetDocument = ValueOf<Named['made_dataset'], Named>;
export type DatasetDay = ValueOf<Named['dataset_day'], Named>;
export type DatasetFile = ValueOf<Named['dataset_file'], Named>;
export type DatasetReasons = ValueOf<Named['dataset_reasons'], Named>;
export type DatasetAsked = ValueOf<Named['dataset_options'], Named>;

export const isDatasetCard: Guard<DatasetCard> = guardOf('dataset_card', DATASET_SHAPES);
