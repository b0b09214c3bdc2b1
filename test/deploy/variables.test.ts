/** The variables of the deployment, evaluated by Terraform itself: their refusals, word by word, and their effects. */
import { describe, expect, test } from 'vitest';
import { evaluate, terraformIsThere, type Values } from './evaluate.js';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

const ASKED = {
  environment: 'local.environment',
  raw_root: 'local.raw_root',
  out_root: 'local.out_root',
  run_records: 'local.run_records',
  image: 'local.image',
  schedules_paused: 'local.schedules_paused',
};

const REFUSED: readonly (readonly [string, Values, string])[] = [
  ['a project by its number', { project: '123456' }, "project: found '123456', expected the id"],
  ['a zone', { region: 'europe-west1-b' }, "region: found 'europe-west1-b', expected a region"],
  ['a name that makes no account', { name: 'Flow_Bars' }, "name: found 'Flow_Bars', expected 3 to"],
  ['a bucket as a URI', { raw_bucket: 'gs://x' }, "raw_bucket: found 'gs://x', expected the name"],
  ['a prefix with a slash', { raw_prefix: 'raw/' }, "raw_prefix: found 'raw/', expected a path"],
  [
    'one bucket for both',
    { out_bucket: 'my-recordings' },
    "out_bucket: found 'my-recordings' as raw_bucket, too, expected another bucket",
  ],
  ['an image by its tag', { image: 'a.dev/b:1' }, "image: found 'a.dev/b:1', expected HOST/"],
  [
    'a recording deleted at once',
    { raw_delete_days: 0 },
    'raw_delete_days: found 0, expected null',
  ],
  [
    'a class for what is read daily',
    { raw_storage_class_after: { days: 1, class: 'NEARLINE' } },
    'expected null or {days, class}: at least 7 days',
  ],
  ['records deleted under a run', { run_record_days: 1 }, 'run_record_days: found 1, expected'],
  ['too much memory for 1 vCPU', { memory_gib: 5 }, 'memory_gib: found 5 with cpu 1, expected'],
  ['too little for 8', { cpu: 8, memory_gib: 2 }, 'memory_gib: found 2 with cpu 8, expected'],
  ['3 vCPU', { cpu: 3 }, 'cpu: found 3, expected 1, 2, 4 or 8'],
  ['no retry', { max_retries: 0 }, 'max_retries: found 0, expected a whole number from 1 to 10'],
  [
    'tasks that outlive the wait of the workflow',
    { symbols_max: 500 },
    'task_timeout_seconds: found 3600, expected at most 864 with max_retries 3, symbols_max 500 and parallelism 10',
  ],
  [
    'a setting of the workflow',
    { settings: { FLOWBARS_RUN_ID: 'x' } },
    'settings: found FLOWBARS_RUN_ID, expected settings that docs/CLOUD.md',
  ],
  ['a resolution without unit', { resolutions: '60' }, "resolutions: found '60', expected null or"],
  ['no output', { outputs: '' }, 'outputs: found'],
  [
    'an output of no kind',
    { outputs: 'bars,candles' },
    "outputs: found 'bars,candles', expected null or some of bars,signals,patterns",
  ],
  [
    'a format without the exact one',
    { formats: 'parquet' },
    "formats: found 'parquet', expected null, csv or csv,parquet",
  ],
  [
    'patterns without seconds',
    { outputs: 'bars,patterns', resolutions: '1m,10s' },
    "outputs: found patterns with resolutions '1m,10s', expected 1s among the resolutions",
  ],
  [
    'a key of another region',
    { kms_key: 'projects/p/locations/us/keyRings/r/cryptoKeys/k' },
    "kms_key: found 'projects/p/locations/us/keyRings/r/cryptoKeys/k', expected null or projects/PROJECT/locations/europe-west1/",
  ],
  ['a coverage in percent', { coverage_min: 99 }, 'coverage_min: found 99, expected null or a'],
  [
    'a cron of six fields',
    { schedule: '0 20 0 * * *' },
    "schedule: found '0 20 0 * * *', expected",
  ],
  [
    'a watch once a day',
    { watch_schedule: '0 6 * * *' },
    "watch_schedule: found '0 6 * * *', expected five fields of cron with at least two hours",
  ],
  [
    'pages among the symbols',
    { site_folder: 'site' },
    "site_folder: found 'site', expected nothing or one folder that begins with '_'",
  ],
  [
    'pages among the manifests',
    { site_folder: '_manifest' },
    "site_folder: found '_manifest', expected nothing or one folder",
  ],
  ['a look-back in fractions', { lookback_days: 1.5 }, 'lookback_days: found 1.5, expected'],
  ['an operator of no kind', { operators: ['me@x.io'] }, 'operators: found me@x.io, expected'],
  ['a recorder of no kind', { recorders: ['me@x.io'] }, 'recorders: found me@x.io, expected'],
  [
    'a recorder in a region',
    { recorder_zones: ['europe-west1-b'], image: `a.dev/b@${DIGEST}`, recorder_symbols: ['X'] },
    'recorder_zones: found ["europe-west1-b"], expected different letters of zones',
  ],
  [
    'two recorders in one zone',
    { recorder_zones: ['b', 'b'], image: `a.dev/b@${DIGEST}`, recorder_symbols: ['X'] },
    'recorder_zones: found ["b","b"], expected different letters of zones',
  ],
  [
    'a recorder on the placeholder',
    { recorder_zones: ['b'], recorder_symbols: ['X'] },
    'recorder_zones: found ["b"] without an image, expected none before deploy/build.sh',
  ],
  [
    'a recorder without symbols',
    { recorder_zones: ['b'], image: `a.dev/b@${DIGEST}` },
    'recorder_symbols: found [] with recorder_zones ["b"], expected symbols where there is a zone',
  ],
  ['chunks of a day', { recorder_chunk: '1d' }, "recorder_chunk: found '1d', expected 1m or 1h"],
  [
    'a port of the system',
    { recorder_metrics_port: 80 },
    'recorder_metrics_port: found 80, expected',
  ],
  ['an address without @', { alert_emails: ['me'] }, 'alert_emails: found me, expected e-mail'],
];

describe.skipIf(!terraformIsThere())('the variables', () => {
  test('are complete with four values', () => {
    const { refused, results } = evaluate({}, ASKED);
    expect(refused).toBe('');
    expect(results).toEqual({
      environment: {
        FLOWBARS_RAW: 'gs://my-recordings/raw',
        FLOWBARS_OUT: 'gs://my-bars/aggregated',
      },
      raw_root: 'gs://my-recordings/raw',
      out_root: 'gs://my-bars/aggregated',
      run_records: 'aggregated/_manifest/runs/',
      image: 'us-docker.pkg.dev/cloudrun/container/job:latest',
      schedules_paused: true,
    });
  });

  test('put settings into the job’s environment, and an image starts the schedules', () => {
    const image = `europe-docker.pkg.dev/my-project/flowbars/flowbars@${DIGEST}`;
    const { refused, results } = evaluate(
      {
        raw_prefix: '',
        out_prefix: '',
        resolutions: '1s,1m,1h',
        outputs: 'bars,patterns',
        formats: 'csv,parquet',
        coverage_min: 0.995,
        site_folder: '_site',
        settings: { FLOWBARS_EDGE_MINUTES: '2', FLOWBARS_LARGE_ORDER: '250000' },
        image,
      },
      ASKED,
    );
    expect(refused).toBe('');
    expect(results).toEqual({
      environment: {
        FLOWBARS_RAW: 'gs://my-recordings',
        FLOWBARS_OUT: 'gs://my-bars',
        FLOWBARS_RESOLUTIONS: '1s,1m,1h',
        FLOWBARS_OUTPUTS: 'bars,patterns',
        FLOWBARS_FORMATS: 'csv,parquet',
        FLOWBARS_COVERAGE_MIN: '0.995',
        FLOWBARS_SITE: 'gs://my-bars/_site',
        FLOWBARS_EDGE_MINUTES: '2',
        FLOWBARS_LARGE_ORDER: '250000',
      },
      raw_root: 'gs://my-recordings',
      out_root: 'gs://my-bars',
      run_records: '_manifest/runs/',
      image,
      schedules_paused: false,
    });
  });

  test.for([
    [1, 10],
    [120, 10],
    [500, 50],
  ] as const)('suit %i symbols with %i tasks at once', ([symbols, parallelism]) => {
    expect(evaluate({ symbols_max: symbols, parallelism }, {}).refused).toBe('');
  });

  test('fit the CPU quota of a new project', () => {
    const { results } = evaluate({}, { vcpus: 'var.cpu * var.parallelism' });
    expect(results).toEqual({ vcpus: 10 });
  });

  test.for(REFUSED)('refuse %s', ([, values, message]) => {
    expect(evaluate(values, ASKED).refused).toContain(message);
  });
});
