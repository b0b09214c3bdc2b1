/** Deploys a source and runs it to its end on a manual clock: how the tests state facts of the language. */
import { manualClock } from '../../manual-clock.js';
import { deployWorkflow } from './check/deploy-workflow.js';
import { DeployError } from './read/deploy-error.js';
import { executeWorkflow, type Outcome } from './run/execute-workflow.js';
import type { ExecutionSettings } from './run/running-execution.js';

const ENVIRONMENT = { BUCKET: 'raw', JOB_NAME: 'projects/p/locations/l/jobs/j' };

interface ErrorPayload {
  readonly message: string;
  readonly tags: readonly string[];
}

export async function runSource(
  source: string,
  argument = '{}',
  settings: Partial<ExecutionSettings> = {},
): Promise<Outcome> {
  const workflow = deployWorkflow(source, ENVIRONMENT);
  return executeWorkflow(workflow, argument, { clock: manualClock(), urls: {}, ...settings })
    .outcome;
}

/** JSON is YAML: a main of these steps, which needs no quotes of YAML's own. */
export function sourceOf(
  steps: readonly unknown[],
  others: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({ main: { params: ['args'], steps }, ...others });
}

/** The result as JSON, `TAG: MESSAGE` of the error, or the refusals with their places. */
export async function fateOf(source: string, argument = '{}'): Promise<string> {
  try {
    const outcome = await runSource(source, argument);
    if ('result' in outcome) return outcome.result;
    const { tags, message } = JSON.parse(outcome.error.payload) as ErrorPayload;
    return `${tags[0]}: ${message}`;
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return error.message.replaceAll(/^main\.yaml:/gmu, '');
  }
}
