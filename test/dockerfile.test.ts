/** The image, built from the Dockerfile's own steps in empty folders: it starts, and holds nothing else. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replayDockerfile, type ReplayedImage } from './support/cloud/dockerfile.js';
import {
  TINY_DATE,
  TINY_SYMBOL,
  tinyRecording,
  writeChunks,
} from './support/e2e/tiny-recording.js';
import { projectRoot, Workdir } from './support/workdir.js';

const REVISION = '1a2b3c4';
const BUILD_MS_MAX = 300_000;

interface PackageFile {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

const packageFile = readJson('package.json') as PackageFile;
const lockFile = readJson('package-lock.json') as LockFile;

describe('the image', () => {
  const workdir = new Workdir();
  let image: ReplayedImage;

  beforeAll(async () => {
    image = await replayDockerfile(projectRoot, workdir.path('stages'), { revision: REVISION });
  }, BUILD_MS_MAX);

  afterAll(() => workdir.dispose());

  test('is of the pinned Node, slim, and not run as root', () => {
    const pinned = packageFile.devDependencies['node']?.split('.')[0];
    expect(image.base).toBe(`node:${pinned}-slim`);
    expect(image.user).toBe('node');
    expect(image.commands.length).toBeGreaterThan(2);
  });

  test('holds production dependencies only, and no sources', () => {
    const app = join(image.root, 'app');
    expect(readdirSync(app).sort()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json']);
    for (const name of Object.keys(packageFile.dependencies)) {
      expect(existsSync(join(app, 'node_modules', name)), name).toBe(true);
    }
    const dev = Object.entries(lockFile.packages).flatMap(([path, entry]) =>
      entry.dev === true ? [path] : [],
    );
    expect(dev.length).toBeGreaterThan(10);
    expect(dev.filter((path) => existsSync(join(app, path)))).toEqual([]);
  });

  test('says its revision', async () => {
    const { stdout, code } = await start(['--version']);
    expect([stdout, code]).toEqual([`${packageFile.version}+${REVISION}\n`, 0]);
  });

  test('works as a task of a job, and writes its revision into the report', async () => {
    writeChunks(workdir, 'raw', tinyRecording());
    const task = {
      FLOWBARS_RAW: workdir.path('raw'),
      FLOWBARS_OUT: workdir.path('out'),
      FLOWBARS_RUN_ID: 'r1',
      FLOWBARS_WINDOW: '1',
      CLOUD_RUN_TASK_INDEX: '0',
    };
    const said = { symbols: [TINY_SYMBOL], end_date: TINY_DATE, resolutions: '1m' };
    await start(['plan'], { ...task, FLOWBARS_ARGUMENTS: JSON.stringify(said) });
    const { code, stdout } = await start(['task'], task);
    expect(stdout).toContain('published');
    expect(code).toBe(0);
    const report = workdir.json(`out/${TINY_SYMBOL}/${TINY_DATE}_quality.json`);
    expect(report).toMatchObject({ code_version: `${packageFile.version}+${REVISION}` });
  });

  async function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const [program, ...first] = image.entrypoint;
    expect(program).toBe('node');
    return await workdir.spawn(process.execPath, [...first, ...args], {
      env: { ...image.env, ...env },
    }).result;
  }
});

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(projectRoot, name), 'utf8'));
}
