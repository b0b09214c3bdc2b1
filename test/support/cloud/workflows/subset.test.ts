/** The interpreter has what the two workflow files use, and no more. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../places.js';
import { deployWorkflow } from './check/deploy-workflow.js';
import { CONNECTORS } from './connector/connectors.js';
import { BINARY_OPERATORS } from './expression/expression.js';
import { STANDARD_LIBRARY } from './library/standard-library.js';
import { BODIES } from './read/read-program.js';
import { bodiesOf, expressionPartsOf, templatesOf } from './read/walk-steps.js';

const NAMES = ['JOB_NAME', 'SMALL_JOB_NAME', 'PARALLELISM', 'RAW_ROOT', 'OUT_ROOT'];

test('every function, connector, operator and step kind is used by a workflow file', () => {
  const calls = new Set<string>();
  const operators = new Set<string>();
  const kinds = new Set<string>();
  for (const file of ['workflows/flowbars.yaml', 'deploy/watch.yaml']) {
    const source = readFileSync(join(projectRoot, file), 'utf8');
    const environment = Object.fromEntries(NAMES.map((name) => [name, '']));
    for (const { steps } of deployWorkflow(source, environment).program.values()) {
      for (const { body } of bodiesOf(steps)) {
        kinds.add(body.kind);
        if (body.kind === 'call') calls.add(body.callee);
        for (const { part } of expressionPartsOf(templatesOf(body))) {
          if (part.kind === 'call') calls.add(part.name);
          if (part.kind === 'binary') operators.add(part.operator);
        }
      }
    }
  }
  const known = [...STANDARD_LIBRARY.keys(), ...CONNECTORS.keys()];
  expect(known.length).toBeGreaterThan(15);
  expect(known.filter((name) => !calls.has(name))).toEqual([]);
  expect(BINARY_OPERATORS.filter((operator) => !operators.has(operator))).toEqual([]);
  expect([...kinds].sort()).toEqual(Object.keys(BODIES).sort());
});
