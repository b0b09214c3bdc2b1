/** The top level of a source: `main`, the subworkflows, and their parameters. */
import type { Position, Refusals } from './deploy-error.js';
import { PARAMETERS_MAX } from '../run/limits.js';
import type { Program, Routine } from './program.js';
import { readSteps } from './read-steps.js';
import type { SourceMap, SourceNode } from './source-tree.js';
import { readName } from './template-reader.js';

export function readProgram(source: SourceNode, refusals: Refusals): Program {
  const routines = new Map<string, Routine>();
  if (source.kind === 'list') {
    refusals.refuse(source, 'a list of steps takes no argument: write main with params: [args]');
  } else if (source.kind === 'scalar') {
    const got = typeof source.value === 'bigint' ? 'integer' : typeof source.value;
    const expected = 'expected a map of workflows or a sequence of steps';
    refusals.refuse(source, `parse error: ${expected}; got ${got}`);
  } else {
    for (const { key, keyAt, value } of source.entries) {
      const name = readName(key, keyAt, refusals);
      const routine = readRoutine(name, keyAt, value, refusals);
      if (routine !== undefined) routines.set(name, routine);
    }
    if (!source.entries.some(({ key }) => key === 'main')) {
      refusals.refuse(source, "parse error: there is no 'main'");
    }
  }
  const empty: Routine = { name: 'main', line: 1, column: 1, parameters: [], steps: [] };
  return { main: routines.get('main') ?? empty, routines };
}

function readRoutine(
  name: string,
  at: Position,
  node: SourceNode,
  refusals: Refusals,
): Routine | undefined {
  if (node.kind !== 'map') {
    refusals.refuse(at, `parse error: '${name}' is a map with steps`);
    return undefined;
  }
  for (const { key, keyAt } of node.entries) {
    if (key !== 'params' && key !== 'steps') {
      refusals.refuse(keyAt, `parse error: unknown key '${key}' in '${name}'`);
    }
  }
  const steps = node.entries.find(({ key }) => key === 'steps');
  if (steps === undefined) refusals.refuse(at, `parse error: '${name}' has no steps`);
  const parameters = readParameters(node, refusals);
  if (name === 'main' && parameters.length !== 1) {
    refusals.refuse(at, 'main takes exactly one parameter: params: [args]');
  }
  const read = steps === undefined ? [] : readSteps(steps.value, refusals);
  return { name, parameters, steps: read, line: at.line, column: at.column };
}

function readParameters(routine: SourceMap, refusals: Refusals): string[] {
  const node = routine.entries.find(({ key }) => key === 'params')?.value;
  if (node === undefined) return [];
  if (node.kind !== 'list') {
    refusals.refuse(node, 'parse error: params is a list in square brackets');
    return [];
  }
  if (node.items.length > PARAMETERS_MAX) {
    refusals.refuse(node, `${node.items.length} parameters, at most ${PARAMETERS_MAX}`);
  }
  const names = node.items.map((item) => readParameter(item, refusals));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refusals.refuse(node, `parameter '${twice}' is there twice`);
  return names;
}

function readParameter(node: SourceNode, refusals: Refusals): string {
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    return readName(node.value, node, refusals);
  }
  refusals.refuse(node, 'parse error: a parameter is a name; a default is not modelled');
  return '';
}
