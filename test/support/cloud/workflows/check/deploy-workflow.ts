/**
 * Takes a source as the service does, or refuses it: all that the language does not allow, that breaks
 * a rule for the files, or that this interpreter does not have, all at once with its place.
 */
import { type Position, Refusals } from '../read/deploy-error.js';
import type { Program } from '../read/program.js';
import { readProgram } from '../read/read-program.js';
import { readSource } from '../read/source-tree.js';
import { ENVIRONMENT_NAMES_MAX, ENVIRONMENT_VALUE_BYTES_MAX } from '../run/limits.js';
import { checkCalls } from './check-calls.js';
import { checkRules } from './check-rules.js';
import { checkVariables } from './check-variables.js';

export interface Workflow {
  readonly program: Program;
  readonly environment: ReadonlyMap<string, string>;
}

/** The one name that the files read beside their own. The service sets it for every execution. */
const BUILT_IN_NAME = 'GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID';

/** Throws a DeployError. `environment` holds the user environment variables. */
export function deployWorkflow(
  source: string,
  environment: Readonly<Record<string, string>>,
): Workflow {
  const tree = readSource(source);
  const refusals = new Refusals();
  checkEnvironment(environment, refusals);
  const program = readProgram(tree, refusals);
  checkCalls(program, refusals);
  checkRules(program, new Set([...Object.keys(environment), BUILT_IN_NAME]), refusals);
  for (const routine of program.values()) checkVariables(routine, refusals);
  refusals.throwIfAny();
  return { program, environment: new Map(Object.entries(environment)) };
}

function checkEnvironment(environment: Readonly<Record<string, string>>, refusals: Refusals): void {
  const nowhere: Position = { line: 1, column: 1 };
  const entries = Object.entries(environment);
  if (entries.length > ENVIRONMENT_NAMES_MAX) {
    const most = `at most ${ENVIRONMENT_NAMES_MAX}`;
    refusals.refuse(nowhere, `${entries.length} environment variables, ${most}`);
  }
  for (const [name, value] of entries) {
    if (/^(?:GOOGLE|WORKFLOWS)/u.test(name)) {
      refusals.refuse(nowhere, `environment variable '${name}': the prefix is reserved`);
    }
    const bytes = Buffer.byteLength(value);
    if (bytes > ENVIRONMENT_VALUE_BYTES_MAX) {
      const most = `at most ${ENVIRONMENT_VALUE_BYTES_MAX}`;
      refusals.refuse(nowhere, `environment variable '${name}' of ${bytes} bytes, ${most}`);
    }
  }
}
