/** Holds what the pages say about time and cost in the cloud to the table and the model of src/core/cost. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { asMarkdown } from '../bench/contest/result-table.js';
import { assumptions, SCALE_DEFAULTS, scaleTable } from '../bench/scale-table.js';
import { MEASURED } from '../src/core/cost/measured.js';
import { outputFacts } from '../src/core/cost/output-facts.js';
import { OUTPUTS, type Products, USUAL_PRODUCTS } from '../src/core/rule/products.js';

test('docs/PERFORMANCE.md has the table of the model, and its assumptions', () => {
  const page = readFileSync('docs/PERFORMANCE.md', 'utf8');
  expect(page).toContain(asMarkdown(scaleTable(SCALE_DEFAULTS)));
  expect(assumptions().length).toBeGreaterThan(8);
  expect(page).toContain(assumptions().join('\n'));
});

test('docs/COMMANDS.md says what the estimate assumes', () => {
  const page = readFileSync('docs/COMMANDS.md', 'utf8');
  const row = /^\| `minutes` \| From start.*$/mu.exec(page)?.[0];
  const { cpuPerMegabyte, cpuPerObject, request, readsAtOnce, bucketReads } = MEASURED;
  const all = `${megabytesOf(OUTPUTS)} MB a symbol-day with all outputs`;
  expect(page).toContain(`${all}, ${megabytesOf(['bars'])} MB with bars alone`);
  for (const said of [
    `${milliseconds(cpuPerMegabyte.value)} CPU-seconds for a gigabyte`,
    `(${milliseconds(MEASURED.signalsPerMegabyte.value)} more for signals)`,
    `${MEASURED.signalsDay.value} s for its signals, ${MEASURED.patternsDay.value} s for its patterns, and`,
    `back, ${MEASURED.finalizeSignals.value} s for its signals, ${MEASURED.finalizePatterns.value} s for its patterns`,
    `${milliseconds(cpuPerObject.value)} ms for each object`,
    `${milliseconds(request.value)} ms a read with ${readsAtOnce.value} in flight`,
    `${bucketReads.value.toLocaleString('en-US')} reads a second`,
    `${MEASURED.symbolDay.value} s for each symbol-day`,
    `${MEASURED.taskStart.value} s to start a task`,
    `${MEASURED.finalize.value} s to read a computed symbol-day back`,
    `${MEASURED.carry.value} s to carry an unchanged one over`,
    `${MEASURED.phase.value} s for each phase`,
  ]) {
    expect(row).toContain(said);
  }
});

function milliseconds(seconds: number): string {
  return String(Number((seconds * 1_000).toFixed(3)));
}

function megabytesOf(outputs: Products['outputs']): string {
  return (outputFacts({ ...USUAL_PRODUCTS, outputs }).outputBytes / 1e6).toFixed(0);
}
