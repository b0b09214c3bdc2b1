// Gives a process another time of day: for replays of what was recorded at another time, and for clocks that are put back.
// FLOWBARS_TEST_CLOCK="START_MS FACTOR BACK_MS": the clock says START_MS when the process begins. A SIGUSR2 puts it back by BACK_MS,
// and from then on it runs FACTOR times as fast.
const [startMs, factor, backMs] = (process.env.FLOWBARS_TEST_CLOCK ?? '').split(' ').map(Number);
const steady = performance.now.bind(performance);
const beganMs = steady();
let turnedMs = Infinity;
process.once('SIGUSR2', () => {
  turnedMs = steady();
});
const elapsedMs = () => {
  const nowMs = steady();
  return nowMs < turnedMs ? nowMs - beganMs : turnedMs - beganMs + (nowMs - turnedMs) * factor;
};
Date.now = () => Math.floor(startMs + elapsedMs() - (steady() < turnedMs ? 0 : backMs));
performance.now = () => beganMs + elapsedMs();
