/** The crew of a command, by its options. */
import { availableParallelism } from 'node:os';
import type { Crew } from '../../jobs/ports.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption, rawOption, threadsOption } from '../option/options.js';
import { openCrew } from './crew.js';

export function givenCrew(given: Given): Crew {
  const place = { root: given.value(rawOption), gcsEndpoint: given.optional(gcsEndpointOption) };
  return openCrew(place, given.optional(threadsOption) ?? sharedThreads(1));
}

/** The share of the cores of one of `processes` at once. */
export function sharedThreads(processes: number): number {
  return Math.max(1, Math.floor(availableParallelism() / processes));
}
