/** Holds deploy/ to the rest of the project, and its rights to a list that no change may widen by accident. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../support/workdir.js';
import { attributeOf, deployBlocks, deployText, mapNames, resourceText } from './hcl-text.js';

/** [member, role, on what]. A change of rights changes this list and the table of OPERATIONS.md. */
const RIGHTS = [
  ['agents', 'roles/cloudkms.cryptoKeyEncrypterDecrypter', 'key'],
  ['builder', 'roles/artifactregistry.writer', 'repository images'],
  ['builder', 'roles/logging.logWriter', 'project'],
  ['builder', 'roles/storage.objectViewer', 'bucket sources'],
  ['operators', 'roles/cloudscheduler.viewer', 'project'],
  ['operators', 'roles/logging.viewer', 'project'],
  ['operators', 'roles/run.jobsExecutor', 'jobs flowbars'],
  ['operators', 'roles/run.viewer', 'project'],
  ['operators', 'roles/storage.objectViewer', 'bucket out'],
  ['operators', 'roles/storage.objectViewer', 'bucket raw'],
  ['operators', 'roles/workflows.invoker', 'project'],
  ['operators', 'roles/workflows.viewer', 'project'],
  ['recorder', 'roles/artifactregistry.reader', 'repository images'],
  ['recorder', 'roles/logging.logWriter', 'project'],
  ['recorder', 'roles/storage.objectCreator', 'bucket raw'],
  ['recorder', 'roles/storage.objectViewer', 'bucket raw'],
  ['recorders', 'roles/storage.objectCreator', 'bucket raw'],
  ['scheduler', 'custom starter', 'project'],
  ['worker', 'roles/storage.objectUser', 'bucket out'],
  ['worker', 'roles/storage.objectViewer', 'bucket raw'],
  ['workflow', 'custom poller', 'project'],
  ['workflow', 'roles/iam.serviceAccountUser', 'account worker'],
  ['workflow', 'roles/logging.logWriter', 'project'],
  ['workflow', 'roles/run.jobsExecutorWithOverrides', 'jobs flowbars'],
  ['workflow', 'roles/storage.objectViewer', 'bucket out'],
];

describe('rights', () => {
  test('are exactly these', () => {
    const given = deployBlocks()
      .filter(({ type, labels }) => type === 'resource' && labels[0]?.includes('_iam_') === true)
      .filter(({ labels }) => labels[0] !== 'google_project_iam_custom_role')
      .flatMap(({ labels, text }) => {
        expect(labels[0]).toMatch(/_iam_member$/);
        return rolesOf(text).map((role) => [memberOf(text), role, placeOf(text)]);
      });
    expect(given.sort(byText)).toEqual([...RIGHTS].sort(byText));
  });

  test('of the custom roles are those that no role of Google has alone', () => {
    expect(permissionsOf('poller')).toEqual(['run.operations.get']);
    expect(permissionsOf('starter')).toEqual(['workflows.executions.create']);
  });

  test('are given to accounts made here, one per part', () => {
    const job = resourceText('google_cloud_run_v2_job', 'flowbars');
    expect(attributeOf(job, 'service_account')).toBe('google_service_account.worker.email');
    for (const name of ['flowbars', 'watch']) {
      const workflow = resourceText('google_workflows_workflow', name);
      expect(attributeOf(workflow, 'service_account')).toBe('google_service_account.workflow.id');
    }
    for (const name of ['daily', 'watch']) {
      const schedule = resourceText('google_cloud_scheduler_job', name);
      const email = 'google_service_account.scheduler.email';
      expect(attributeOf(schedule, 'service_account_email')).toBe(email);
      expect(schedule).toContain('oauth_token {');
      expect(schedule).not.toContain('oidc_token');
    }
  });
});

describe('the workflow', () => {
  test('is deployed from the file that the tests run, byte for byte', () => {
    const text = resourceText('google_workflows_workflow', 'flowbars');
    const source = 'file("${path.module}/../workflows/flowbars.yaml")';
    expect(attributeOf(text, 'source_contents')).toBe(source);
    expect(deployBlocks().filter((block) => block.text.includes('templatefile'))).toEqual([]);
  });

  test.for([
    ['flowbars', 'workflows/flowbars.yaml', 5],
    ['watch', 'deploy/watch.yaml', 1],
  ] as const)('%s is given exactly the settings that its file reads', ([name, file, count]) => {
    const source = readFileSync(join(projectRoot, file), 'utf8');
    const read = [...source.matchAll(/sys\.get_env\("([A-Z_]+)"\)/g)].map(([, each = '']) => each);
    const own = new Set(read.filter((each) => !each.startsWith('GOOGLE_CLOUD_')));
    expect(own.size).toBe(count);
    const given = mapNames(resourceText('google_workflows_workflow', name), 'user_env_vars');
    expect(given.sort()).toEqual([...own].sort());
  });

  test('gets both jobs and the parallelism by which it chooses', () => {
    const text = resourceText('google_workflows_workflow', 'flowbars');
    expect(attributeOf(text, 'JOB_NAME')).toBe('google_cloud_run_v2_job.flowbars["large"].id');
    expect(attributeOf(text, 'SMALL_JOB_NAME')).toBe(
      'google_cloud_run_v2_job.flowbars["small"].id',
    );
    expect(attributeOf(text, 'PARALLELISM')).toBe('tostring(var.parallelism)');
  });

  test('waits as long as the variables assume', () => {
    const source = readFileSync(join(projectRoot, 'workflows/flowbars.yaml'), 'utf8');
    const waits = [...source.matchAll(/^ +timeout: (\d+)$/gm)].map(([, seconds]) => seconds);
    expect([...new Set(waits)]).toEqual(['172800']);
    const text = deployBlocks().find(({ labels }) => labels[0] === 'task_timeout_seconds')?.text;
    const assumed = [...(text ?? '').matchAll(/\b1\d{5}\b/g)].map(([seconds]) => seconds);
    expect(new Set(assumed)).toEqual(new Set(waits));
  });
});

describe('the job', () => {
  test('has the size that estimates of cost assume', () => {
    const sources = globSync('src/core/cost/*.ts', { cwd: projectRoot });
    const assumed = sources.flatMap((file) => {
      const text = readFileSync(join(projectRoot, file), 'utf8');
      const [, vcpus] = /\bTASK_VCPUS(?:: number)? = ([0-9.]+)/.exec(text) ?? [];
      const [, gib] = /\bTASK_GIB(?:: number)? = ([0-9.]+)/.exec(text) ?? [];
      const [, parallelism] = /\bPARALLELISM_DEFAULT(?:: number)? = ([0-9]+)/.exec(text) ?? [];
      return [vcpus, gib, parallelism].filter((each) => each !== undefined);
    });
    const names = ['parallelism', 'cpu', 'memory_gib'];
    expect(assumed).toEqual(names.map((name) => defaultOf(name)));
  });

  test('takes the settings that CLOUD.md gives to it', () => {
    const table = readFileSync(join(projectRoot, 'docs/CLOUD.md'), 'utf8');
    const rows = [...table.matchAll(/^\| (`FLOWBARS_[^|]+) \| ([^|]*\bjob\b[^|]*) \|/gm)];
    const ofJob = rows.flatMap(([, names = '']) => names.match(/FLOWBARS_[A-Z_]+/g) ?? []);
    expect(ofJob.length).toBeGreaterThan(10);
    const text = deployBlocks().find(({ labels }) => labels[0] === 'settings')?.text ?? '';
    const taken = [...text.matchAll(/^ +"(FLOWBARS_[A-Z_]+)",$/gm)].map(([, name = '']) => name);
    // These have their own variable, and the endpoint is for emulators.
    const names = ['RESOLUTIONS', 'OUTPUTS', 'FORMATS', 'COVERAGE_MIN', 'SITE', 'GCS_ENDPOINT'];
    const elsewhere = names.map((name) => `FLOWBARS_${name}`);
    expect([...taken, ...elsewhere].sort()).toEqual([...new Set(ofJob)].sort());
  });
});

describe('buckets', () => {
  test('are private, versioned and bounded in what old versions cost', () => {
    for (const name of ['raw', 'out']) {
      const text = resourceText('google_storage_bucket', name);
      expect(attributeOf(text, 'uniform_bucket_level_access')).toBe('true');
      expect(attributeOf(text, 'public_access_prevention')).toBe('"enforced"');
      expect(text).toMatch(/versioning \{\n +enabled = true/);
      expect(attributeOf(text, 'days_since_noncurrent_time')).toBe('var.noncurrent_days');
      expect(attributeOf(text, 'num_newer_versions')).toBe('var.noncurrent_versions + 1');
      expect(text).toContain('"AbortIncompleteMultipartUpload"');
      expect(text).toContain('retention_duration_seconds');
    }
  });

  test('delete no live objects except old run records, unless asked to', () => {
    for (const name of ['raw', 'out']) {
      const rules = [...resourceText('google_storage_bucket', name).matchAll(DELETE_RULE)];
      expect(rules.length).toBeGreaterThan(2);
      const ofLive = rules
        .map(([, condition = '']) => condition)
        .filter((condition) => !/noncurrent|newer_versions/.test(condition));
      const expected =
        // _dataset.json of the raw root is not a chunk: every day needs it.
        name === 'out'
          ? 'matches_prefix = [local.run_records]'
          : 'matches_suffix = local.chunk_suffixes';
      expect(ofLive).toHaveLength(1);
      expect(ofLive[0]).toContain(expected);
      expect(defaultOf('raw_delete_days')).toBe('null');
    }
  });
});

describe('alerts', () => {
  test('say what to do, and link to more', () => {
    const policies = deployBlocks().filter(
      ({ labels }) => labels[0] === 'google_monitoring_alert_policy',
    );
    const headings = policies.map(({ text }) => /"Alert: ([a-z ]+)"\./.exec(text)?.[1]);
    expect(headings).toEqual(['run failed', 'no manifest', 'watch silent', 'no chunk']);
    const manual = readFileSync(join(projectRoot, 'docs/OPERATIONS.md'), 'utf8').split('\n');
    for (const heading of headings) expect(manual).toContain(`### Alert: ${heading}`);
    for (const { text } of policies) {
      expect(text).toContain('notification_channels = local.channels');
      expect(text).toMatch(/subject +=/);
    }
  });

  test('of silence come before the watch has run twice', () => {
    const silent = resourceText('google_monitoring_alert_policy', 'watch_silent');
    const seconds = Number(/duration = "(\d+)s"/.exec(silent)?.[1]);
    // Cloud Monitoring's longest period of absence.
    expect(seconds).toBe(23.5 * 3_600);
    expect(defaultOf('watch_schedule')).toBe('"0 6,18 * * *"');
  });
});

describe('the provider', () => {
  test('may be any between the two whose schemas the check reads', () => {
    const ranges = [...deployText('versions.tf').matchAll(/version = "(.*)"/g)];
    expect(ranges.map(([, range]) => range).slice(-2)).toEqual(['>= 6.50, < 9', '>= 6.50, < 9']);
    // 16.12.1 was made from 6.50.0 and 21.1.0 from 8.7.0, as check.test.ts shows.
    const folder = join(projectRoot, 'test/support/deploy');
    const packages: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(packages).toMatchObject({ devDependencies: { '@cdktf/provider-google': '16.12.1' } });
    const typings = readFileSync(join(folder, 'typings.txt'), 'utf8');
    expect(typings).toBe('cdktn-provider-google==21.1.0\n');
  });

  test('google-beta has the one resource that google lacks', () => {
    const ofBeta = deployBlocks().filter(({ text }) => / provider += google-beta\n/.test(text));
    expect(ofBeta.map(({ labels }) => labels)).toEqual([
      ['google_project_service_identity', 'agents'],
    ]);
  });
});

describe('Cloud Build', () => {
  test('builds as build.sh does', () => {
    expect(deployText('cloudbuild.yaml')).toContain(
      "args: [deploy/image.sh, '${_IMAGE}', '${_REVISION}']",
    );
    expect(deployText('build.sh')).toContain('"$deploy/image.sh" "$image" "$revision"\n');
  });

  test('gets the same files as Docker, and the build file', () => {
    const docker = lettingIn(readFileSync(join(projectRoot, '.dockerignore'), 'utf8'));
    expect(docker).toContain('src');
    const builder = ['Dockerfile', 'deploy', 'deploy/image.sh'];
    const ignored = deployText('cloudbuild.ignore');
    expect(lettingIn(ignored)).toEqual([...docker, ...builder].sort());
    // Values, state and Terraform's own folder are not sent.
    expect(ignored).toContain('!/deploy/\n/deploy/*\n!/deploy/image.sh\n');
  });
});

const DELETE_RULE = /type = "Delete"\n +\}\n +condition \{\n([^}]*)\}/g;

function defaultOf(variable: string): string | undefined {
  const block = deployBlocks().find(({ type, labels }) => {
    return type === 'variable' && labels[0] === variable;
  });
  return attributeOf(block?.text ?? '', 'default');
}

function permissionsOf(role: string): string[] {
  const text = resourceText('google_project_iam_custom_role', role);
  return [...text.matchAll(/"([a-z]+\.[a-zA-Z.]+)"/g)].map(([, each = '']) => each).sort();
}

/** Paths that an ignore file without any others lets in again. */
function lettingIn(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1).replaceAll(/^\/|\/$/g, ''))
    .sort();
}

function memberOf(text: string): string {
  const member = attributeOf(text, 'member') ?? '';
  if (member === 'each.value.member') return 'operators';
  if (member === '"serviceAccount:${each.value}"') return 'agents';
  if (member === 'each.key') return attributeOf(text, 'for_each')?.replace('var.', '') ?? '';
  return /^google_service_account\.([a-z]+)(\[0\])?\.member$/.exec(member)?.[1] ?? member;
}

function rolesOf(text: string): string[] {
  const role = attributeOf(text, 'role') ?? '';
  if (role === 'each.value.role') {
    const roles = deployBlocks().find((block) => block.text.includes('operator_roles = toset'));
    return [...(roles?.text ?? '').matchAll(/"(roles\/[^"]+)"/g)].map(([, each = '']) => each);
  }
  const custom = /^google_project_iam_custom_role\.([a-z]+)\.id$/.exec(role)?.[1];
  return [custom === undefined ? role.replaceAll('"', '') : `custom ${custom}`];
}

function placeOf(text: string): string {
  const bucket = attributeOf(text, 'bucket');
  if (bucket !== undefined) {
    const name = /^(?:local\.([a-z]+)_bucket|google_storage_bucket\.([a-z]+)\[0\]\.name)$/.exec(
      bucket,
    );
    return `bucket ${name?.[1] ?? name?.[2]}`;
  }
  if (attributeOf(text, 'project') === 'var.project') return 'project';
  if (attributeOf(text, 'crypto_key_id') === 'var.kms_key') return 'key';
  const target =
    /google_(cloud_run_v2_job|artifact_registry_repository|service_account)\.([a-z]+)(?:\[each\.[a-z.]+\])?\./.exec(
      text,
    );
  const kinds: Readonly<Record<string, string>> = {
    cloud_run_v2_job: 'jobs',
    artifact_registry_repository: 'repository',
    service_account: 'account',
  };
  return `${kinds[target?.[1] ?? '']} ${target?.[2]}`;
}

function byText(one: readonly string[], other: readonly string[]): number {
  return one.join(' ') < other.join(' ') ? -1 : 1;
}
