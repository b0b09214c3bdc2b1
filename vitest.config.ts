/** How the tests run: on the sources, in child processes, in UTC, and with nothing injected. */
import { defineConfig } from 'vitest/config';

process.env['TZ'] = 'UTC';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    pool: 'forks',
    env: { TZ: 'UTC' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/frame/built-binary.ts'],
    // A test that saw nothing must not pass.
    passWithNoTests: false,
    allowOnly: false,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
