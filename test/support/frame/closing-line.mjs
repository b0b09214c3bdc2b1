/**
 * Prints the closing line of a test run, `N passed, N failed, N skipped`, from the JSON report of
 * vitest, the number of stages that failed before it, and the runner's exit code. A failed stage, a
 * test file that could not be loaded and a runner that failed without a failed test count as one
 * failure each. Its own exit code is 1 when anything failed or no test passed.
 */
import { existsSync, readFileSync } from 'node:fs';

const [reportPath = '', failedStages = '0', runnerExit = '0'] = process.argv.slice(2);
const report = existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : {};
const { numPassedTests: passed = 0, numFailedTests: failedTests = 0 } = report;
const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
const unloaded = (report.testResults ?? []).filter(
  (file) => file.status === 'failed' && !file.assertionResults.some(hasFailed),
);
for (const file of unloaded) console.log(`not loaded: ${file.name}`);
const inTests = failedTests + unloaded.length;
const inRunner = inTests === 0 && (runnerExit !== '0' || passed === 0) ? 1 : 0;
const failed = inTests + inRunner + Number(failedStages);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

function hasFailed(test) {
  return test.status === 'failed';
}
