/**
 * The check of deploy/ from the command line: the real tree passes, and each planted mistake is reported
 * with its file, its line and the cure. Without npm or PyPI the tests are skipped; on CI they fail.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { STEPS } from '../support/deploy/steps.js';
import { projectRoot, Workdir } from '../support/workdir.js';
import { deployFolder } from './hcl-text.js';
import { PLANTS } from './planted.js';

const INSTALL_MS_MAX = 600_000;

interface Checked {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const workdir = new Workdir();
afterAll(() => workdir.dispose());
const real = check(['--only', 'types'], {});
const isThere = !real.stdout.includes('== types: skipped');
if (!isThere) process.stderr.write(`skipped: ${real.stdout}`);
const newest = check(['--only', 'newest'], {});
const hasNewest = !newest.stdout.includes('== newest: skipped');
if (!hasNewest) process.stderr.write(`skipped: ${newest.stdout}`);

describe('the check of deploy/', () => {
  test('has its packages on CI', () => {
    const isCi = (process.env['CI'] ?? '') !== '';
    expect(isThere || !isCi, real.stdout).toBe(true);
  });

  test('fails on CI when a part of it is not available, and says why', () => {
    // No npm and no python3, in a copy that has installed nothing.
    const copy = copyOf(join(deployFolder, '..'), 'bare');
    const bare = spawnSync(
      process.execPath,
      [join(copy, 'test/support/deploy/check.ts'), '--only', 'types'],
      {
        encoding: 'utf8',
        env: { PATH: '/nonexistent', CI: 'true' },
      },
    );
    expect(bare.stdout).toContain('== types: skipped, npm ci --ignore-scripts');
    expect(bare.status).toBe(1);
  });

  test('refuses unknown options', () => {
    expect(check(['--only', 'typos']).stderr).toContain(
      "check: found 'typos', expected an option of",
    );
    expect(check(['no-folder']).code).toBe(2);
  });
});

describe.skipIf(!isThere)('the types of deploy/', () => {
  test('are those of the provider, everywhere', () => {
    const saw = /good: (\d+) resources, (\d+) blocks, (\d+) attributes and (\d+) references/.exec(
      real.stdout,
    );
    expect(
      saw
        ?.slice(1)
        .map(Number)
        .every((count) => count > 30),
    ).toBe(true);
    expect(real.stdout).toContain('against google 6.50.0');
    expect([real.code, real.stderr]).toEqual([0, '']);
  });

  test.skipIf(!hasNewest)('are those of the newest provider as well, everywhere', () => {
    expect(countsOf(newest)).toBe(countsOf(real));
    expect(newest.stdout).toContain('against google 8.7.0');
    expect([newest.code, newest.stderr]).toEqual([0, '']);
  });

  test.skipIf(!hasNewest)('tell what only the newest has', () => {
    const folder = copyOf(deployFolder, 'newest');
    const workflow = join(folder, 'workflow.tf');
    const source = readFileSync(workflow, 'utf8');
    writeFileSync(
      workflow,
      source.replace('user_env_vars = {', 'deletion_policy = "PREVENT"\n  user_env_vars = {'),
    );
    expect(check(['--only', 'newest', folder]).code).toBe(0);
    expect(check(['--only', 'types', folder]).stdout).toContain(
      "google_workflows_workflow.flowbars: found attribute 'deletion_policy'",
    );
  });

  // In this process: a start takes most of such a check. The next test has one.
  test.for(PLANTS)('tell %s', async (plant) => {
    const [, file, text, replacement, message] = plant;
    const folder = copyOf(deployFolder, 'planted');
    const source = readFileSync(join(folder, file), 'utf8');
    const at = source.indexOf(text);
    expect(at).toBeGreaterThan(0);
    writeFileSync(
      join(folder, file),
      source.slice(0, at) + replacement + source.slice(at + text.length),
    );
    const line = source.slice(0, at).split('\n').length;
    const outcome = await STEPS.get('types')?.(folder);
    const findings = outcome?.kind === 'done' ? outcome.findings : [];
    expect(findings.join('\n')).toContain(message.replace('LINE', `${file}:${line}`));
  });

  test('report a missing required attribute and a missing required block', () => {
    const folder = copyOf(deployFolder, 'missing');
    const job = join(folder, 'job.tf');
    writeFileSync(job, readFileSync(job, 'utf8').replace('image = local.image', ''));
    const schedule = join(folder, 'alerts.tf');
    const policies = readFileSync(schedule, 'utf8').replace(
      /^ {2}conditions \{[^]*?^ {2}\}\n/m,
      '',
    );
    writeFileSync(schedule, policies);
    const { code, stdout } = check(['--only', 'types', folder]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /job\.tf:\d+: google_cloud_run_v2_job\.flowbars: template\.template\.containers: found no attribute 'image', expected it, since it is required/,
    );
    expect(stdout).toMatch(
      /alerts\.tf:\d+: google_monitoring_alert_policy\.run_failed: found no block 'conditions', expected it/,
    );
  });

  test('report an unused variable, and one declared twice', () => {
    const folder = copyOf(deployFolder, 'unused');
    const extra = 'variable "spare" {\n  description = "x"\n  type = string\n}\n';
    writeFileSync(join(folder, 'extra.tf'), `${extra}${extra}`);
    const { stdout } = check(['--only', 'types', folder]);
    expect(stdout).toContain('extra.tf:5: var.spare: found two of that name, expected one');
    expect(stdout).toContain('var.spare: found no use of it, expected one');
  });
});

describe(
  'the rules of security',
  () => {
    const secure = check(['--only', 'format,security,scripts']);
    const hasCheckov = !secure.stdout.includes('== security: skipped');
    if (!hasCheckov) process.stderr.write(`skipped: ${secure.stdout}`);

    test('are kept, with a reason for each exception', () => {
      expect(secure.stdout).toMatch(/== (format|security): (good|skipped)/);
      expect([secure.code, secure.stderr]).toEqual([0, '']);
    });

    test.skipIf(!hasCheckov)('tell a bucket that the public may see', () => {
      const folder = copyOf(deployFolder, 'public');
      const buckets = join(folder, 'buckets.tf');
      const source = readFileSync(buckets, 'utf8');
      writeFileSync(
        buckets,
        source
          .replace('= "enforced"', '= "inherited"')
          .replace(/#checkov:skip=CKV_GCP_62:.*/, '#checkov:skip=CKV_GCP_62:no'),
      );
      const { code, stdout } = check(['--only', 'security', folder]);
      expect(stdout).toMatch(
        /buckets\.tf:\d+: google_storage_bucket\.raw\[0\]: found a breach of CKV_GCP_114/,
      );
      expect(stdout).toContain('found an exception from CKV_GCP_62 without a reason');
      expect(code).toBe(1);
    });
  },
  INSTALL_MS_MAX,
);

function countsOf({ stdout }: Checked): string | undefined {
  return /good: (.*) against/.exec(stdout)?.[1];
}

/** A copy without the installed packages. */
function copyOf(folder: string, name: string): string {
  const copy = workdir.path(`${name}-${performance.now()}`);
  const left = ['node_modules', '.tools', '.git', 'dist', '.terraform'];
  cpSync(folder, copy, {
    recursive: true,
    filter: (path) => !left.includes(basename(path)),
  });
  return copy;
}

function check(args: readonly string[], env: Readonly<Record<string, string>> = {}): Checked {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [join(projectRoot, 'test/support/deploy/check.ts'), ...args],
    {
      cwd: projectRoot,
      encoding: 'utf8',
      env: { ...process.env, ...env },
      timeout: INSTALL_MS_MAX,
    },
  );
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}
