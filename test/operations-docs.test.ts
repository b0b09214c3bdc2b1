/** docs/OPERATIONS.md against what it talks about: prices, alerts, variables of the deployment, and its own links. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PRICES_DATE } from '../src/core/cost/prices.js';
import { CHUNKS_PER_SYMBOL_DAY } from '../src/core/cost/scale.js';
import { transitionRows } from './support/operate/class-transitions.js';
import { monthlyCost } from './support/operate/monthly-cost.js';

const page = readFileSync('docs/OPERATIONS.md', 'utf8');
const SYMBOLS = [1, 50, 500];

/** The cells of each row below the header that begins with `head`. */
function tableRows(head: string): string[][] {
  const lines = page.split('\n');
  const first = lines.findIndex((line) => line.startsWith(`| ${head}`));
  expect(first, `a table that begins with '${head}'`).toBeGreaterThan(0);
  const end = lines.findIndex((line, index) => index > first && !line.startsWith('|'));
  return lines.slice(first + 2, end).map((line) => line.slice(2, -2).split(' | '));
}

function terraform(): string {
  const files = readdirSync('deploy').filter((name) => name.endsWith('.tf'));
  return files.map((name) => readFileSync(`deploy/${name}`, 'utf8')).join('\n');
}

describe('the costs', () => {
  test('are those of the price table and the estimate, to the cent', () => {
    const costs = SYMBOLS.map(monthlyCost);
    const rows = tableRows('a month, USD').map(([line = '', ...cells]) => [line, cells] as const);
    expect(new Map(rows.slice(0, -1))).toEqual(
      new Map(
        Object.keys(costs[0] ?? {}).map((line) => [
          line,
          costs.map((cost) => (cost[line] ?? 0).toFixed(2)),
        ]),
      ),
    );
    const together = costs.map((cost) => Object.values(cost).reduce((sum, usd) => sum + usd, 0));
    expect(rows.at(-1)).toEqual(['together', together.map((usd) => usd.toFixed(2))]);
  });

  test('of moving chunks to a colder class are those of the prices', () => {
    expect(tableRows('to |')).toEqual(transitionRows());
    const sizes = transitionRows().map(
      (row) => `${row.at(-1)} kB (${row[0]?.replaceAll('`', '')})`,
    );
    const [first = '', second = '', third = ''] = sizes;
    expect(terraform()).toContain(`below ${first}, ${second} or ${third}`);
  });

  test('name their date and what a recorder writes', () => {
    expect(page).toContain(`List prices of ${PRICES_DATE}`);
    expect(page).toContain(
      `${CHUNKS_PER_SYMBOL_DAY.toLocaleString('en-US')} objects per symbol-day`,
    );
  });
});

describe('the deployment', () => {
  test('has a heading for every alert, and an alert for every heading', () => {
    const named = [...terraform().matchAll(/"(Alert: [a-z ]+)"/g)].map(
      ([, heading = '']) => heading,
    );
    const headings = [...page.matchAll(/^### (Alert: .+)$/gm)].map(([, heading = '']) => heading);
    expect(headings.length).toBeGreaterThan(0);
    expect(new Set(headings)).toEqual(new Set(named));
  });

  test('has every variable that the page names', () => {
    const variables = [...terraform().matchAll(/^variable "(\w+)"/gm)].map(([, name = '']) => name);
    const named = [...page.matchAll(/`([a-z]+(?:_[a-z]+)+)( = true)?`/g)].map(
      ([, name = '']) => name,
    );
    const others = [
      'chunk_unreadable',
      'code_version',
      'too_many_malformed',
      'inputs_vanished',
      'limit_reached',
      'record_missing',
      'world_failed',
      'check_failed',
    ];
    const ours = named.filter((name) => !others.includes(name));
    expect(ours.length).toBeGreaterThan(3);
    for (const name of ours) expect(variables, name).toContain(name);
  });
});
