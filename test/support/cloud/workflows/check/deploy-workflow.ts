/**
 * Takes a source as the service does, or refuses it: everything that the language does not allow, that
 * breaks a rule for the file, or that this interpreter does not have, all at once with its place.
 */
import { checkCalls } from './check-calls.js';
import { checkJumps } from './check-jumps.js';
import { checkRules } from './check-rules.js';
import { checkVariables } from './check-variables.js';
import { type Position, Refusals } from '../read/deploy-error.js';
import { ENVIRONMENT_NAMES_MAX, ENVIRONMENT_VALUE_BYTES_MAX } from '../run/limits.js';
import type { Program } from '../read/program.js';
import { readProgram } from '../read/read-program.js';
import { readSource } from '../read/source-tree.js';

export interface DeploySettings {
  /** What sys.get_env reads beside the built-in names. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Workflow {
  readonly program: Program;
  readonly environment: ReadonlyMap<string, string>;
}

/** Set by the service for every execution. */
export const BUILT_IN_NAMES = [
  'GOOGLE_CLOUD_LOCATION',
  'GOOGLE_CLOUD_PROJECT_ID',
  'GOOGLE_CLOUD_PROJECT_NUMBER',
  'GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME',
  'GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID',
  'GOOGLE_CLOUD_WORKFLOW_ID',
  'GOOGLE_CLOUD_WORKFLOW_REVISION_ID',
] as const;

/** Throws a DeployError. */
export function deployWorkflow(source: string, settings: DeploySettings): Workflow {
  const refusals = new Refusals();
  const environment = readEnvironment(settings.environment, refusals);
  const program = readProgram(readSource(source, refusals), refusals);
  for (const routine of program.routines.values()) checkJumps(routine, refusals);
  checkCalls(program, refusals);
  const known = new Map([...environment, ...BUILT_IN_NAMES.map((name) => [name, ''] as const)]);
  checkRules(program, known, refusals);
  for (const routine of program.routines.values()) checkVariables(routine, refusals);
  refusals.throwIfAny();
  return { program, environment };
}

function readEnvironment(
  environment: Readonly<Record<string, string>>,
  refusals: Refusals,
): Map<string, string> {
  const nowhere: Position = { line: 1, column: 1 };
  const entries = Object.entries(environment);
  if (entries.length > ENVIRONMENT_NAMES_MAX) {
    const found = `${entries.length} environment variables`;
    refusals.refuse(nowhere, `${found}, at most ${ENVIRONMENT_NAMES_MAX}`);
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
  return new Map(entries);
}
