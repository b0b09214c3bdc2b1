/** Runs the operator commands of the built binary against the local cloud. */
import { request } from 'undici';
import { isDictionary } from '../../../src/core/unit/json.js';
import { freshWorkdir, type RunningProcess, type RunResult } from '../workdir.js';
import { runHere } from '../command-here.js';
import type { LocalCloud } from './local/local-cloud.js';

export interface Operator {
  run(args: readonly string[]): Promise<RunResult>;
  start(args: readonly string[]): RunningProcess;
  /** Runs a command in this process (command-here.ts), which saves the start of one. */
  here(args: readonly string[]): Promise<Pick<RunResult, 'code' | 'stdout' | 'stderr'>>;
  /** As the service lists them, the newest first. */
  executions(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Starts an execution by REST, as a schedule does, and gives its id. */
  begin(argument: unknown): Promise<string>;
}

export function operatorOf({ gcs, executionsUrl }: LocalCloud): Operator {
  const { origin, pathname } = new URL(executionsUrl);
  const workdir = freshWorkdir();
  const env = {
    HOME: workdir.root,
    FLOWBARS_WORKFLOW: pathname.replace(/^\/v1\//u, '').replace(/\/executions$/u, ''),
    FLOWBARS_WORKFLOWS_ENDPOINT: origin,
    FLOWBARS_GCS_ENDPOINT: gcs.endpoint,
  };
  return {
    run: async (args) => await workdir.run(args, { env }),
    start: (args) => workdir.start(args, { env }),
    here: async (args) => {
      const said = { stdout: '', stderr: '' };
      const code = await runHere(args, env, {
        onStdout: (text) => (said.stdout += text),
        onStderr: (text) => (said.stderr += text),
      });
      return { code, ...said };
    },
    executions: async () => {
      const answer = await request(`${executionsUrl}?view=FULL`);
      const listing: unknown = await answer.body.json();
      const listed: unknown = isDictionary(listing) ? listing['executions'] : undefined;
      if (!Array.isArray(listed)) throw new Error(`no listing: ${JSON.stringify(listing)}`);
      return listed.filter(isDictionary);
    },
    begin: async (argument) => {
      const body = JSON.stringify({ argument: JSON.stringify(argument) });
      const answer = await request(executionsUrl, { method: 'POST', body });
      const execution: unknown = await answer.body.json();
      const name = isDictionary(execution) ? execution['name'] : undefined;
      if (typeof name !== 'string') throw new Error(`not started: ${JSON.stringify(execution)}`);
      return name.split('/').at(-1) ?? '';
    },
  };
}
