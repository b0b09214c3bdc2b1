/** How the tests run: on the sources, in child processes, in UTC, and with nothing injected. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

process.env['TZ'] = 'UTC';
// Node keeps what it compiles: each worker, and each flowbars that a test starts, loads hundreds of modules.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node-compile');

/** Tests of code without state or environment, which share a process: a new one takes longer than most of them. */
const PURE = 'test/{core,jobs,oracle}/**/*.test.ts';

export default defineConfig({
  test: {
    globals: false,
    pool: 'forks',
    // The default leaves a core to Vitest itself, which waits for its workers as they wait for processes.
    maxWorkers: '100%',
    setupFiles: ['test/support/frame/property-seed.ts'],
    env: { TZ: 'UTC' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A test that saw nothing must not pass.
    passWithNoTests: false,
    allowOnly: false,
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      { extends: true, test: { name: 'pure', include: [PURE], isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [PURE],
          globalSetup: ['test/support/frame/built-binary.ts'],
        },
      },
    ],
  },
});
