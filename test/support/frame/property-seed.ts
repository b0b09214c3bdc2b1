/**
 * The seed of every property: the same one each time, so that a commit passes or fails whoever tests it.
 * `FLOWBARS_TEST_SEED=random` draws another one, a number takes that one; a failure prints it.
 */
import * as fc from 'fast-check';

const given = process.env['FLOWBARS_TEST_SEED'] ?? '20251211';

if (given !== 'random') {
  const seed = Number(given);
  if (!Number.isSafeInteger(seed)) {
    throw new Error(`FLOWBARS_TEST_SEED: found '${given}', expected a whole number or 'random'`);
  }
  fc.configureGlobal({ seed });
}
