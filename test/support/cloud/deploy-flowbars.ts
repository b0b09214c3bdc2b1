/** Deploys workflows/flowbars.yaml, byte for byte, by the REST call that a deployment makes. */
import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { isDictionary } from '../../../src/core/unit/json.js';
import { workflowPath } from './places.js';

export const PROJECT = 'local';
export const LOCATION = 'europe-west1';
export const WORKFLOW_ID = 'flowbars';
export const JOB_NAME: string = `projects/${PROJECT}/locations/${LOCATION}/jobs/flowbars`;
export const SMALL_JOB_NAME: string = `${JOB_NAME}-small`;
const PARENT = `projects/${PROJECT}/locations/${LOCATION}`;

export interface WorkflowSettings {
  readonly jobName: string;
  /** Of that job; the small one has none. */
  readonly parallelism: number;
  readonly rawRoot: string;
  readonly outRoot: string;
}

/** Gives the workflow's name. Throws the refusals of the deployment. */
export async function deployFlowbars(
  url: string,
  { jobName, parallelism, rawRoot, outRoot }: WorkflowSettings,
): Promise<string> {
  const body = {
    sourceContents: readFileSync(workflowPath, 'utf8'),
    userEnvVars: {
      JOB_NAME: jobName,
      SMALL_JOB_NAME,
      PARALLELISM: String(parallelism),
      RAW_ROOT: rawRoot,
      OUT_ROOT: outRoot,
    },
  };
  const answer = await request(`${url}/v1/${PARENT}/workflows?workflowId=${WORKFLOW_ID}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const operation: unknown = await answer.body.json();
  if (answer.statusCode !== 200 || !isDictionary(operation) || operation['error'] !== undefined) {
    throw new Error(`deployment: ${JSON.stringify(operation)}`);
  }
  return `${PARENT}/workflows/${WORKFLOW_ID}`;
}
