/** Invalid requests to a deployed workflow, and the error line of each. */
import { type Answers, refused, WORKFLOW } from '../operate/workflow-server.js';

const DAYS = ['--from', '2024-05-06', '--to', '2024-05-08'];

/** Name, arguments, exit code, the line on stderr behind `error: `; RAW is the raw root. */
export type BadOperatorRequest = readonly [
  name: string,
  args: readonly string[],
  code: number,
  message: string,
  more?: { readonly env?: Readonly<Record<string, string>>; readonly answers?: Partial<Answers> },
];

export const BAD_OPERATOR_REQUESTS: readonly BadOperatorRequest[] = [
  [
    'no first day',
    ['backfill'],
    2,
    '--from option: found nothing, expected first UTC day: YYYY-MM-DD, yesterday, or first recorded (here or as FLOWBARS_FROM)',
  ],
  [
    'the days the wrong way round',
    ['backfill', '--from', '2024-05-08', '--to', '2024-05-06'],
    2,
    "--to date: found '2024-05-06' before --from '2024-05-08', expected the same day or later",
  ],
  [
    'no date of a re-run',
    ['rerun', '--symbol', 'AUSDT'],
    2,
    '--date option: found nothing, expected the UTC day, YYYY-MM-DD or yesterday (here or as FLOWBARS_DATE)',
  ],
  [
    'neither symbol nor date of a re-run',
    ['rerun'],
    2,
    'flowbars rerun options: found 2 missing, expected --symbol or FLOWBARS_SYMBOL (the symbol) and --date or FLOWBARS_DATE (the UTC day, YYYY-MM-DD or yesterday)',
  ],
  [
    'a pattern that matches no folder',
    ['backfill', ...DAYS, '--symbols', 'BUSDT,X*'],
    2,
    "--symbols symbol: found 'X*', which matches no folder in RAW, expected 'AUSDT', 'BUSDT'",
  ],
  [
    'two symbols of a re-run',
    ['rerun', '--symbol', 'AUSDT,BUSDT', '--date', '2024-05-06'],
    2,
    "--symbol symbol: found 'AUSDT,BUSDT', expected 1 to 64 letters, digits, '_' or '-', not beginning with '_'",
  ],
  [
    'a mistyped symbol',
    ['backfill', ...DAYS, '--symbols', 'AUSDT,BUSD'],
    2,
    "--symbols symbol: found 'BUSD', which has no folder in RAW, expected 'BUSDT'",
  ],
  [
    'a mistyped symbol of a re-run',
    ['rerun', '--symbol', 'AUSTD', '--date', '2024-05-06'],
    2,
    "--symbol symbol: found 'AUSTD', which has no folder in RAW, expected 'AUSDT'",
  ],
  [
    'a symbol that is like no other',
    ['backfill', ...DAYS, '--symbols', 'XYZ'],
    2,
    "--symbols symbol: found 'XYZ', which has no folder in RAW, expected one of its 2 folders, such as 'AUSDT'",
  ],
  [
    'a window of no day',
    ['backfill', ...DAYS, '--window-days', '0'],
    2,
    "--window-days number: found '0', expected a whole number from 1 to 366",
  ],
  [
    'a workflow by its short name',
    ['backfill', ...DAYS, '--workflow', 'flowbars'],
    2,
    "--workflow workflow: found 'flowbars', expected projects/PROJECT/locations/REGION/workflows/NAME",
  ],
  [
    'an address with a path',
    ['backfill', ...DAYS, '--workflows-endpoint', 'http://127.0.0.1:1/v1'],
    2,
    "--workflows-endpoint address: found 'http://127.0.0.1:1/v1', expected scheme, host and port, such as http://127.0.0.1:4443",
  ],
  [
    'another raw root than that of the workflow',
    ['backfill', ...DAYS, '--raw', 'gs://other/raw'],
    2,
    "--raw root: found 'gs://other/raw', expected 'RAW', the workflow's RAW_ROOT",
  ],
  [
    'a variable that names another output root',
    ['backfill', ...DAYS],
    2,
    "FLOWBARS_OUT root: found 'aggregated', expected 'OUT', the workflow's OUT_ROOT",
    { env: { FLOWBARS_OUT: 'aggregated' } },
  ],
  [
    'no permission to ask for the roots',
    ['backfill', ...DAYS],
    2,
    '--raw option: found nothing, and no permission workflows.workflows.get to read it from the workflow, expected its RAW_ROOT (here or as FLOWBARS_RAW)',
    { answers: { settings: refused(403, 'denied') } },
  ],
  [
    'another workflow',
    ['backfill', ...DAYS],
    2,
    `${WORKFLOW} setting RAW_ROOT: found nothing, expected the workflow of flowbars, workflows/flowbars.yaml`,
    { answers: { settings: { status: 200, body: {} } } },
  ],
  [
    'no workflow of that name',
    ['backfill', ...DAYS],
    2,
    `${WORKFLOW} look at: found HTTP 404 'not found', expected a deployed workflow`,
    { answers: { settings: refused(404, 'not found') } },
  ],
  [
    'no permission to start it',
    ['backfill', ...DAYS],
    3,
    `${WORKFLOW} start: found HTTP 403 'denied', expected the permission workflows.executions.create`,
    { answers: { start: refused(403, 'denied') } },
  ],
  [
    'a start that may have been one',
    ['backfill', ...DAYS],
    3,
    `${WORKFLOW} start: found HTTP 503 'busy', expected an answer (gcloud workflows executions list shows whether it runs)`,
    { answers: { start: refused(503, 'busy') } },
  ],
  [
    'no execution to follow',
    ['follow'],
    2,
    'flowbars follow argument: found nothing, expected execution: the id or full name of an execution; the id is also the run id',
  ],
  [
    'an execution that is a path',
    ['follow', 'a/b'],
    2,
    "flowbars follow run id: found 'a/b', expected 1 to 128 letters, digits, '_' or '-'",
  ],
  [
    'an execution that is not there',
    ['follow', 'e-9'],
    2,
    `${WORKFLOW}/executions/e-9 look at: found HTTP 404 'none', expected an execution of this workflow`,
    { answers: { look: refused(404, 'none') } },
  ],
];
