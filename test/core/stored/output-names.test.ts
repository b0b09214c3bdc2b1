/** The names of a day's files, and what a name tells. */
import { expect, test } from 'vitest';
import { ARTIFACT_KINDS, exactFormat, hasResolutions } from '../../../src/core/rule/products.js';
import { artifactName, kindOfName, qualityName } from '../../../src/core/stored/output-names.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';

/** A symbol that ends as a name of a kind does. */
const DAY = { symbol: symbolName('A_signals', 'test'), date: utcDate('2025-12-11', 'test') };

test('each kind has its name, which tells the kind', () => {
  const names = ARTIFACT_KINDS.map((kind) =>
    artifactName(DAY, {
      kind,
      resolution: hasResolutions(kind) ? '1m' : null,
      format: exactFormat(kind),
    }),
  );
  expect(names).toEqual([
    'A_signals/2025-12-11_1m.csv',
    'A_signals/2025-12-11_1m_signals.csv',
    'A_signals/2025-12-11_patterns.csv',
    'A_signals/2025-12-11_scoreboard.json',
  ]);
  expect(names.map(kindOfName)).toEqual(ARTIFACT_KINDS);
  expect(kindOfName(qualityName(DAY))).toBe('quality');
  const typed = artifactName(DAY, { kind: 'signals', resolution: '1m', format: 'parquet' });
  expect(typed).toBe('A_signals/2025-12-11_1m_signals.parquet');
  expect(kindOfName(typed)).toBe('signals');
});
