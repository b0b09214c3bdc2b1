/** The table of features: what the card and the docs print of it. */
import { expect, test } from 'vitest';
import { FEATURES } from '../../../src/core/feature/features.js';
import { LOOK_BACK_MINUTES } from '../../../src/core/feature/look-back.js';

test('names are distinct, and name their window', () => {
  const names = FEATURES.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(100);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, windowMinutes } of FEATURES) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/u);
    const [, minutes] = /_(\d+)m$/u.exec(name) ?? [];
    if (minutes !== undefined) expect(Number(minutes)).toBe(windowMinutes);
    expect(windowMinutes ?? 0).toBeLessThanOrEqual(LOOK_BACK_MINUTES);
  }
});

test('each feature says on one line what it is and when it is null', () => {
  for (const { name, formula, nullRule } of FEATURES) {
    expect(`${name}: ${formula}; ${nullRule}`).toMatch(/^[^|\n]{30,}$/u);
    expect(formula).not.toMatch(/outcome|\bcvd\b/u);
  }
});
