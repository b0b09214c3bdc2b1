/** The memory that goes with the vCPUs of a Cloud Run task. */

/** A gibibyte, or the least that Cloud Run takes with that many: https://cloud.google.com/run/docs/configuring/services/memory-limits */
export function gibFor(vcpus: number): number {
  return Math.max(1, vcpus / 2);
}
