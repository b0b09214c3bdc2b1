/** The clock of a spool: when something happened by the time of day, and how long it takes by a clock that nobody sets. */
import type { Clock } from '../ports.js';
import type { SteadyClock } from '../recorder-ports.js';

export type SpoolClock = Clock & SteadyClock;
