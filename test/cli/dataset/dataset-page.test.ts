/** The page of a dataset on a narrow terminal: nothing is cut off, a large loss is explained, and the next command is named. */
import { expect, test } from 'vitest';
import { printDataset, printNextOfDataset } from '../../../src/cli/dataset/dataset-page.js';
import { paperTerminal } from '../../support/readme/paper-terminal.js';

type Card = Parameters<typeof printDataset>[0];

const REASONS = {
  symbol: 'BTCUSDT',
  ok: 38_110,
  warming_up: 59,
  gap_before: 1_210,
  gap_after: 1_090,
  no_price: 2_700,
  ambiguous: 0,
  end_of_data: 31,
  up: 19_000,
  down: 19_000,
  flat: 110,
};

function cardOf(reasons: Partial<typeof REASONS>, made = true): Card {
  const detail = made ? '' : '2 days: folds need 5';
  return {
    schema_version: 5,
    kind: 'dataset_card',
    code_version: '0.1.0',
    question: '',
    options: {
      symbols: ['BTCUSDT'],
      from: '2025-12-01',
      to: '2025-12-30',
      latency_ms: 1_000,
      wait_max_ms: 10_000,
      horizon_ms: 300_000,
      look_back_ms: 3_600_000,
      labels: 'fixed',
      dead_zone: { kind: 'bps', bps: 0 },
      barrier_k: null,
      fee_bps: 10,
      keep_unproven: false,
      embargo_ms: 3_900_000,
      folds: 5,
      rolling_days: null,
      sealed_percent: 20,
      seed: 1,
    },
    days: [],
    reasons: [{ ...REASONS, ...reasons }],
    features: [],
    folds: { made, detail, list: [], sealed: null },
    files: [],
  };
}

function pageOf(card: Card, into = 'dataset'): string[] {
  const { lines, world } = paperTerminal(80);
  printDataset(card, world.stdout);
  printNextOfDataset(card, into, world.stdout);
  return lines;
}

test('every count of a month fits on eighty columns', () => {
  const lines = pageOf(cardOf({}));
  expect(lines).toContain('BTCUSDT   38,110  19,000  19,000   110');
  expect(lines).toContain(
    'BTCUSDT           59       1,210      1,090     2,700          0           31',
  );
  expect(lines.join('\n')).not.toContain('…');
});

test('a reason that takes a quarter of all minutes is explained, others are not', () => {
  const few = pageOf(cardOf({ no_price: 12_700, gap_before: 12_700 })).join(' ');
  expect(few).not.toContain('--wait-max');
  const many = pageOf(cardOf({ no_price: 30_000 })).join(' ');
  expect(many).toMatch(/no price: no trade soon enough .* --wait-max/u);
  expect(many).not.toContain('--keep-unproven');
  const unproven = pageOf(cardOf({ ok: 0, gap_before: 43_000 })).join(' ');
  expect(unproven).toContain('--keep-unproven');
});

test('training is next where there are folds, on a folder of this machine', () => {
  expect(pageOf(cardOf({})).at(-1)).toBe('next: flowbars train --dataset dataset --into trained');
  expect(pageOf(cardOf({}), 'my data').at(-1)).toContain("--dataset 'my data'");
  const bucket = pageOf(cardOf({}), 'gs://b/dataset').join(' ');
  expect(bucket).toMatch(/next, in a copy on this machine: +flowbars train --dataset dataset/u);
  const none = pageOf(cardOf({}, false)).join(' ');
  expect(none).not.toContain('flowbars train');
  expect(none).toContain('no folds, which training needs: 2 days: folds need 5');
});
