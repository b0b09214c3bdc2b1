// Gives a process another time of day, which runs faster or slower: for replays of what was recorded at another time.
// FLOWBARS_TEST_CLOCK="START_MS FACTOR [BACK_MS AFTER_MS]": the clock says START_MS when the process begins, and is put back
// by BACK_MS once AFTER_MS are over.
const [startMs, factor, backMs = 0, afterMs = 0] = (process.env.FLOWBARS_TEST_CLOCK ?? '')
  .split(' ')
  .map(Number);
const steady = performance.now.bind(performance);
const beganMs = steady();
const elapsedMs = () => (steady() - beganMs) * factor;
Date.now = () => {
  const elapsed = elapsedMs();
  return Math.floor(startMs + elapsed - (elapsed < afterMs ? 0 : backMs));
};
performance.now = () => beganMs + elapsedMs();
