/** Every connector that the interpreter has; a call of another one is refused. */
import { jobsRun } from './connector-jobs-run.js';
import { objectsGet } from './connector-storage.js';
import type { Connector } from './connector.js';

export const JOBS_RUN = 'googleapis.run.v2.projects.locations.jobs.run';

export const CONNECTORS: ReadonlyMap<string, Connector> = new Map([
  [JOBS_RUN, jobsRun],
  ['googleapis.storage.v1.objects.get', objectsGet],
]);
