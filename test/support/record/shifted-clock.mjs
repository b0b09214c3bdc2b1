// Gives a process another time of day, which runs faster or slower: for replays of what was recorded at another time.
// FLOWBARS_TEST_CLOCK="START_MS FACTOR": the clock says START_MS when the process begins.
const [startMs, factor] = (process.env.FLOWBARS_TEST_CLOCK ?? '').split(' ').map(Number);
const steady = performance.now.bind(performance);
const beganMs = steady();
const elapsedMs = () => (steady() - beganMs) * factor;
Date.now = () => Math.floor(startMs + elapsedMs());
performance.now = () => beganMs + elapsedMs();
