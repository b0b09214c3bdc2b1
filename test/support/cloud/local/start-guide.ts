/** The guide that `npm run cloud` prints first: commands to copy. */
import { JOB_NAME, LOCATION, SMALL_JOB_NAME, WORKFLOW_ID } from '../deploy-flowbars.js';

export interface RunningCloud {
  readonly rawRoot: string;
  readonly outRoot: string;
  /** `projects/P/locations/L/workflows/W`. */
  readonly workflow: string;
  /** The address of its executions. */
  readonly executions: string;
  readonly endpoints: {
    readonly gcs: string;
    readonly cloudRun: string;
    readonly workflows: string;
  };
  readonly sample: {
    readonly symbols: readonly string[];
    /** In order; the last is yesterday. */
    readonly dates: readonly string[];
    readonly minutes: number;
  };
}

const DAY_MINUTES = 1_440;

/** The command that prints a run's summary. */
export function summaryCommand(gcsEndpoint: string, outRoot: string, runId: string): string {
  const [bucket = '', prefix = ''] = outRoot.replace('gs://', '').split('/');
  const name = encodeURIComponent(`${prefix}/_manifest/runs/${runId}/summary.json`);
  return `curl -s '${gcsEndpoint}/storage/v1/b/${bucket}/o/${name}?alt=media'`;
}

export function guide(cloud: RunningCloud): string {
  const { rawRoot, outRoot, workflow, executions, endpoints, sample } = cloud;
  const [before = '', yesterday = ''] = sample.dates;
  const [bucket = ''] = outRoot.replace('gs://', '').split('/');
  const coverage = ((sample.minutes / DAY_MINUTES) * 100).toFixed(1);
  const start = (data: string): string =>
    `curl -s ${executions} -d '${JSON.stringify({ argument: data })}'`;
  return `
Google Cloud on this machine, with workflows/flowbars.yaml deployed unchanged:
  Storage    ${endpoints.gcs}  ${sample.minutes} minutes of ${sample.symbols.join(', ')} on ${before} and ${yesterday} in ${rawRoot}
  Cloud Run  ${endpoints.cloudRun}  jobs ${JOB_NAME} and ${SMALL_JOB_NAME}
  Workflows  ${endpoints.workflows}  workflow ${workflow}

Type the commands below in another window, in the folder of this project.

Start the daily run of yesterday and all symbols; the second line does the same in Google Cloud:
  ${start('{}')}
  gcloud workflows run ${WORKFLOW_ID} --location=${LOCATION} --data='{}'

Or compute both days of one symbol again, even if nothing has changed:
  ${start(`{"start_date":"${before}","symbols":["BTCUSDT"],"force":true}`)}

Or start one run that its first task refuses, and one that is not good, since the symbol does not exist:
  ${start('{"start_date":"2024-02-30"}')}
  ${start('{"symbols":["BTCUSD"]}')}

This window shows the id of an execution, and its end some 15 seconds later: the workflow polls its job every five
seconds. List all executions, the newest first:
  curl -s ${executions}
Answers name the project by its number, as Google's do. Requests may use its id or its number.

Look at the output below ${outRoot}:
  curl -s '${endpoints.gcs}/storage/v1/b/${bucket}/o' | grep -o '"name":"[^"]*"'
  npx flowbars inspect ${outRoot}/_manifest/${yesterday}.json --gcs-endpoint ${endpoints.gcs}
  npx flowbars inspect ${outRoot}/BTCUSDT/${yesterday}_1m.csv --gcs-endpoint ${endpoints.gcs}

The sample has ${sample.minutes} minutes of each day, ${coverage} % of it: each day is partial. It counts as good here, because the job has
FLOWBARS_COVERAGE_MIN=0; a deployment keeps 0.99.

Operate it like a deployment; only the sample needs the last export:
  export FLOWBARS_WORKFLOW=${workflow}
  export FLOWBARS_WORKFLOWS_ENDPOINT=${endpoints.workflows} FLOWBARS_GCS_ENDPOINT=${endpoints.gcs}
  export FLOWBARS_RAW=${rawRoot} FLOWBARS_OUT=${outRoot}
  export FLOWBARS_COVERAGE_MIN=0
  npx flowbars backfill --from ${before} --to ${yesterday} --wait
  npx flowbars status --from ${before}
  npx flowbars repair --dry-run

Ctrl-C stops everything and keeps nothing. Events appear here:
`;
}
