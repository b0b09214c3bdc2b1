/** Holds the worked example of docs/SIGNALS.md to the fold of steps: its table, computed, gives the numbers beside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stepWriters } from '../src/core/encode/book-signal-writers.js';
import { StepFold } from '../src/core/step/step-fold.js';
import { feed } from './support/book/fed-market.js';
import { MARKET_MS, type MarketRow } from './support/book/made-market.js';
import { writtenCells } from './support/book/written-cells.js';
import { projectRoot } from './support/frame/source-tree.js';

const page = readFileSync(join(projectRoot, 'docs/SIGNALS.md'), 'utf8');

test('the worked example of a step is what the program computes', () => {
  const levels = [...page.matchAll(/^\| ([\d.]+) \| (\d+) \| (\d+) \| ([−\d]*) ?\| (\d*) ?\| /gmu)];
  expect(levels).toHaveLength(5);
  const held = (column: number): string[] =>
    levels
      .map((cells) => [cells[1] ?? '', cells[column] ?? ''])
      .filter(([, quantity]) => quantity !== '0')
      .map((level) => level.join(' '));
  const asks = ['101 1', '102 1'];
  const rows: MarketRow[] = [
    { kind: 'book', timeMs: 0, bids: held(2), asks, late: false },
    ...levels
      .filter(([, , , , , traded = '']) => Number(traded) > 0)
      .map(([, price = '', , , , quantity = '']): MarketRow => {
        return { kind: 'trade', timeMs: 50, price, quantity, side: 'sell', late: false };
      }),
    { kind: 'book', timeMs: 100, bids: held(3), asks, late: false },
  ];
  expect(rows).toHaveLength(4);
  const fold = new StepFold({ fromMs: 0, toMs: MARKET_MS }, MARKET_MS);
  feed(fold, rows, [9]);
  const [cells = {}] = writtenCells(stepWriters(fold.finish()), 1);
  const { bid_added: added, bid_pulled: pulled, ofi_l1: flow = '' } = cells;
  expect(page).toContain(`\`bid_added\` is ${added} and \`bid_pulled\` ${pulled}. `);
  expect(page).toContain(`\`ofi_l1\` of this step is ${flow.replace('-', '−')} if the asks stayed`);
});
