/** The connectors that the two workflow files call, and sys.log, which blocks like them. */
import { isMap, textOrEmpty } from '../expression/values.js';
import { notModelled } from '../run/workflow-errors.js';
import { jobsRun } from './connector-jobs-run.js';
import { objectsGet } from './connector-storage.js';
import type { Connector } from './connector.js';

const SEVERITIES = ['INFO', 'WARNING', 'ERROR'];

const sysLog: Connector = {
  parameters: ['severity', 'json'],
  check: (given, at, refusals) => {
    const severity = given.get('severity');
    const isKnown =
      severity?.kind === 'literal' && SEVERITIES.includes(textOrEmpty(severity.value));
    if (!isKnown) refusals.refuse(at, `sys.log: severity is one of ${SEVERITIES.join(', ')}`);
  },
  run: (given, { log }) => {
    const payload = given.get('json') ?? null;
    if (!isMap(payload)) throw notModelled('sys.log of json that is not a map');
    log({ severity: textOrEmpty(given.get('severity')), payload });
    return null;
  },
};

export const CONNECTORS: ReadonlyMap<string, Connector> = new Map([
  ['googleapis.run.v2.projects.locations.jobs.run', jobsRun],
  ['googleapis.storage.v1.objects.get', objectsGet],
  ['sys.log', sysLog],
]);
