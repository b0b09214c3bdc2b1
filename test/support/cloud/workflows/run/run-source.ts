/** Deploys a source and runs it to its end on a manual clock: how the tests state facts of the language. */
import { manualClock } from '../../../manual-clock.js';
import { DeployError } from '../read/deploy-error.js';
import { deployWorkflow } from '../check/deploy-workflow.js';
import { executeWorkflow, type Outcome } from './execute-workflow.js';
import { parseJson } from '../expression/json-text.js';
import type { ExecutionSettings } from './running-execution.js';
import { isList, isMap } from '../expression/values.js';

const ENVIRONMENT = { BUCKET: 'raw', JOB_NAME: 'projects/p/locations/l/jobs/j' };

export async function runSource(
  source: string,
  argument = '{}',
  settings: Partial<ExecutionSettings> = {},
): Promise<Outcome> {
  const workflow = deployWorkflow(source, { environment: ENVIRONMENT });
  const execution = { clock: manualClock(), urls: {}, ...settings };
  return executeWorkflow(workflow, argument, execution).outcome;
}

/** What becomes of an expression: its value as JSON, the tag of its error, or why it is refused. */
export async function fateOf(expression: string, steps: readonly unknown[] = []): Promise<string> {
  return fateOfSource(
    sourceOf([...steps, { give: { assign: [{ given: `\${${expression}}` }] } }, RETURN_GIVEN]),
  );
}

const RETURN_GIVEN = { finish: { return: '${given}' } };

/** JSON is YAML: a main of these steps, which needs no quotes of YAML's own. */
export function sourceOf(
  steps: readonly unknown[],
  others: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({ main: { params: ['args'], steps }, ...others });
}

export async function fateOfSource(source: string, argument = '{}'): Promise<string> {
  let outcome: Outcome;
  try {
    outcome = await runSource(source, argument);
  } catch (error) {
    if (error instanceof DeployError) return `refused: ${reasonsOf(error)}`;
    throw error;
  }
  if ('result' in outcome) return outcome.result;
  const error = parseJson(outcome.error.payload);
  const tags = isMap(error) ? (error.get('tags') ?? []) : [];
  const [tag] = isList(tags) ? tags : [];
  const message = isMap(error) ? error.get('message') : undefined;
  return [tag, message].map((text) => (typeof text === 'string' ? text : '?')).join(': ');
}

function reasonsOf(error: DeployError): string {
  return error.problems.map(({ reason }) => reason).join(' | ');
}

/** Every refusal of a source with its place, or an empty list. */
export function refusalsOf(source: string): string[] {
  try {
    deployWorkflow(source, { environment: ENVIRONMENT });
    return [];
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return error.message.split('\n');
  }
}
