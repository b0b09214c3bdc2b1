/** Runs deploy/build.sh with stubs of docker, gcloud, git and terraform, and looks at their calls and its files. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Workdir } from '../support/workdir.js';
import { deployFolder } from './hcl-text.js';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const REPOSITORY = 'europe-west1-docker.pkg.dev/my-project/flowbars';
const REVISION = '1a2b3c4d5e6f';
const BASE_DIGEST = `sha256:${'fedcba9876543210'.repeat(4)}`;

/** System commands that the script needs beside the stubs. */
const SYSTEM = ['bash', 'cat', 'chmod', 'dirname', 'env', 'mktemp', 'mv', 'rm', 'sed'];

interface Machine {
  readonly docker?: boolean;
  readonly gcloud?: boolean;
  readonly isDirty?: boolean;
  readonly isDeployed?: boolean;
  readonly builder?: string;
  readonly digest?: string;
  /** The digest of the base image, as docker answers. */
  readonly baseDigest?: string;
  /** The base image in the Dockerfile. */
  readonly base?: string;
}

interface Built {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Calls of docker and gcloud, one line each, the project's folder as ROOT. */
  readonly calls: readonly string[];
  /** The text of image.auto.tfvars, if it exists. */
  readonly written: string | undefined;
}

describe('deploy/build.sh', () => {
  test('builds with docker, pushes, and writes the digest', () => {
    const built = build([]);
    expect(built.stderr).toBe('');
    expect(built.code).toBe(0);
    const image = `${REPOSITORY}/flowbars:${REVISION}`;
    expect(built.calls).toEqual([
      'gcloud auth configure-docker europe-west1-docker.pkg.dev --quiet',
      'docker pull --quiet --platform linux/amd64 node:24-slim',
      'docker image inspect --format {{index .RepoDigests 0}} node:24-slim',
      `docker build --platform linux/amd64 --build-arg base=node:24-slim@${BASE_DIGEST} ` +
        `--build-arg revision=${REVISION} --label org.opencontainers.image.base.name=node:24-slim ` +
        `--label org.opencontainers.image.base.digest=${BASE_DIGEST} ` +
        `--label org.opencontainers.image.revision=${REVISION} --tag ${image} ROOT`,
      `docker push ${image}`,
      `gcloud artifacts docker images describe ${image} --project=my-project --format=value(image_summary.digest)`,
    ]);
    expect(built.written).toBe(
      `# Revision ${REVISION}. Written by deploy/build.sh; terraform apply rolls it out.\n` +
        `image = "${REPOSITORY}/flowbars@${DIGEST}"\n`,
    );
    expect(built.stdout).toContain(`on node:24-slim@${BASE_DIGEST}\n`);
    expect(built.stdout).toContain('next: terraform -chdir=deploy apply\n');
  });

  test('builds on the digest that the Dockerfile pins, without a look-up', () => {
    const pinned = `node:24-slim@sha256:${'1'.repeat(64)}`;
    const { code, calls } = build([], { base: pinned });
    expect(code).toBe(0);
    expect(calls.filter((call) => /pull|inspect/.test(call))).toEqual([]);
    expect(calls.find((call) => call.startsWith('docker build'))).toContain(`base=${pinned} `);
  });

  test.for([
    ['where there is no docker', { docker: false }, []],
    ['when asked to', {}, ['--cloud-build']],
  ] as const)('builds with Cloud Build %s', ([, machine, args]) => {
    const built = build(args, machine);
    expect(built.stderr).toBe('');
    const [submit = '', describeImage] = built.calls;
    expect(submit).toBe(
      'gcloud builds submit ROOT --project=my-project --region=europe-west1 ' +
        '--config=ROOT/deploy/cloudbuild.yaml --ignore-file=ROOT/deploy/cloudbuild.ignore ' +
        '--service-account=projects/my-project/serviceAccounts/b@x ' +
        '--gcs-source-staging-dir=gs://sources/source ' +
        `--substitutions=_IMAGE=${REPOSITORY}/flowbars:${REVISION},_REVISION=${REVISION}`,
    );
    expect(describeImage).toContain('images describe');
    expect(built.written).toContain(DIGEST);
  });

  test('rolls back to a pushed revision, and builds nothing', () => {
    const built = build(['--use', 'abcdef1'], { docker: false, isDirty: true });
    expect(built.calls).toEqual([
      `gcloud artifacts docker images describe ${REPOSITORY}/flowbars:abcdef1 --project=my-project --format=value(image_summary.digest)`,
    ]);
    expect(built.written).toContain(`# Revision abcdef1.`);
    expect(built.code).toBe(0);
  });

  test('refuses uncommitted sources, and marks the revision when told to build them', () => {
    const refused = build([], { isDirty: true });
    expect([refused.code, refused.calls, refused.written]).toEqual([1, [], undefined]);
    expect(refused.stderr).toContain(
      'build.sh: sources: found changes that are not committed, expected none, or --allow-dirty',
    );
    const allowed = build(['--allow-dirty'], { isDirty: true });
    expect(allowed.calls).toContain(`docker push ${REPOSITORY}/flowbars:${REVISION}-dirty`);
  });

  test.for<[string, Machine, readonly string[], string, number]>([
    ['no deployment', { isDeployed: false }, [], 'output project: found none in deploy/', 1],
    ['no gcloud', { gcloud: false }, [], 'gcloud: found no such command, expected the Google', 1],
    ['no account to build', { docker: false, builder: '' }, [], 'found no account for it', 1],
    [
      'an answer that is no digest',
      { digest: 'latest' },
      [],
      "found 'latest', expected sha256:",
      1,
    ],
    [
      'a base image without a digest',
      { baseDigest: '<none>' },
      [],
      "image.sh: base image: found 'node:24-slim@<none>', expected NAME:TAG@sha256:",
      1,
    ],
    ['an image that is not there', { digest: '' }, ['--use', 'abcdef1'], 'image: found no', 1],
    ['an unknown option', {}, ['--push'], "found '--push', expected one of the options", 2],
    ['a tag for a revision', {}, ['--use', 'latest'], "--use: found 'latest', expected a git", 2],
    ['no revision at all', {}, ['--use'], "--use: found '', expected a git revision", 2],
  ])('leaves everything as it is after %s', ([, machine, args, message, code]) => {
    const built = build(args, machine);
    expect(built.stderr).toContain(message);
    expect([built.code, built.written]).toEqual([code, undefined]);
  });

  test('keeps the previous image when it fails', () => {
    const built = build([], { digest: 'latest' }, 'image = "before"\n');
    expect([built.code, built.written]).toEqual([1, 'image = "before"\n']);
  });

  test('prints its usage without a deployment', () => {
    const built = build(['--help'], { isDeployed: false, gcloud: false });
    expect(built.stdout).toContain('usage: deploy/build.sh [--cloud-build] [--allow-dirty]');
    expect([built.code, built.calls]).toEqual([0, []]);
  });
});

function build(args: readonly string[], machine: Machine = {}, before?: string): Built {
  const workdir = new Workdir();
  onTestFinished(() => {
    workdir.dispose();
  });
  const bin = workdir.path('bin');
  const deploy = workdir.path('project/deploy');
  mkdirSync(bin, { recursive: true });
  mkdirSync(deploy, { recursive: true });
  for (const name of ['build.sh', 'image.sh']) {
    copyFileSync(join(deployFolder, name), join(deploy, name));
    chmodSync(join(deploy, name), 0o755);
  }
  const dockerfile = readFileSync(join(deployFolder, '../Dockerfile'), 'utf8');
  const { base = 'node:24-slim' } = machine;
  writeFileSync(
    workdir.path('project/Dockerfile'),
    dockerfile.replace('ARG base=node:24-slim\n', `ARG base=${base}\n`),
  );
  const chosen = join(deploy, 'image.auto.tfvars');
  if (before !== undefined) writeFileSync(chosen, before);
  for (const name of SYSTEM) symlinkSync(systemPath(name), join(bin, name));
  const log = workdir.path('calls');
  for (const [name, script] of Object.entries(commands(machine, log))) {
    const path = join(bin, name);
    writeFileSync(path, `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(path, 0o755);
  }
  const { status, stdout, stderr, error } = spawnSync(join(deploy, 'build.sh'), args, {
    encoding: 'utf8',
    env: { PATH: bin },
  });
  if (error !== undefined) throw error;
  const calls = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
  return {
    code: status,
    stdout,
    stderr,
    calls: calls.map((call) => call.replaceAll(workdir.path('project'), 'ROOT')),
    written: existsSync(chosen) ? readFileSync(chosen, 'utf8') : undefined,
  };
}

function commands(machine: Machine, log: string): Record<string, string> {
  const {
    docker = true,
    gcloud = true,
    isDirty = false,
    isDeployed = true,
    builder = 'projects/my-project/serviceAccounts/b@x',
    digest = DIGEST,
    baseDigest = BASE_DIGEST,
  } = machine;
  const outputs = {
    project: 'my-project',
    region: 'europe-west1',
    name: 'flowbars',
    image_repository: REPOSITORY,
    builder,
    builder_sources: 'gs://sources',
  };
  const cases = Object.entries(outputs).map(([name, value]) => `${name}) printf %s '${value}' ;;`);
  const answer = digest === '' ? 'exit 1' : `echo '${digest}'`;
  return {
    terraform: isDeployed ? `case $4 in\n${cases.join('\n')}\n*) exit 1 ;;\nesac` : 'exit 1',
    git: `case $3 in\nrev-parse) echo ${REVISION} ;;\nstatus) ${isDirty ? "echo ' M src/main.ts'" : ':'} ;;\nesac`,
    ...(docker
      ? { docker: `echo "docker $*" >>'${log}'\n[[ $1 != image ]] || echo 'node@${baseDigest}'` }
      : {}),
    ...(gcloud
      ? { gcloud: `echo "gcloud $*" >>'${log}'\n[[ $1 == artifacts ]] || exit 0\n${answer}` }
      : {}),
  };
}

function systemPath(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`no ${name} on the PATH`);
  return found;
}
