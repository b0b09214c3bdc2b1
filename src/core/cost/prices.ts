/**
 * Public list prices of Google Cloud in US dollars, with their date. Every amount that flowbars shows
 * comes from this table; free tiers, discounts and taxes are left out.
 */

/** One price. */
export interface Price {
  readonly usd: number;
  /** The unit, such as one vCPU for one second. */
  readonly per: string;
  /** The page that states it. */
  readonly source: string;
}

export type PriceName =
  | 'vcpuSecond'
  | 'gibSecond'
  | 'classAOperation'
  | 'classBOperation'
  | 'storedGibMonth'
  | 'internalStep'
  | 'imageGibMonth'
  | 'schedulerJobMonth'
  | 'logGib';

/** The month in which the pages below were read. Region: us-central1, priced like most of Europe. */
export const PRICES_DATE = '2025-12';

const RUN = 'https://cloud.google.com/run/pricing';
const STORAGE = 'https://cloud.google.com/storage/pricing';
const WORKFLOWS = 'https://cloud.google.com/workflows/pricing';
const REGISTRY = 'https://cloud.google.com/artifact-registry/pricing';
const SCHEDULER = 'https://cloud.google.com/scheduler/pricing';
const LOGGING = 'https://cloud.google.com/stackdriver/pricing';

/** Cloud Run jobs: instance-based billing, tier 1. Cloud Storage: Standard class, one region. */
export const PRICES: Readonly<Record<PriceName, Price>> = {
  vcpuSecond: { usd: 0.000018, per: 'vCPU-second of a job', source: RUN },
  gibSecond: { usd: 0.000002, per: 'GiB-second of a job', source: RUN },
  /** Writes and listings. */
  classAOperation: { usd: 0.005 / 1_000, per: 'write or listing', source: STORAGE },
  /** Reads. */
  classBOperation: { usd: 0.0004 / 1_000, per: 'read', source: STORAGE },
  storedGibMonth: { usd: 0.02, per: 'GiB-month of storage', source: STORAGE },
  internalStep: { usd: 0.01 / 1_000, per: 'step of a workflow', source: WORKFLOWS },
  imageGibMonth: { usd: 0.1, per: 'GiB-month of images', source: REGISTRY },
  schedulerJobMonth: { usd: 0.1, per: 'scheduled job and month', source: SCHEDULER },
  logGib: { usd: 0.5, per: 'GiB of logs', source: LOGGING },
};

/** A job's instance is billed for at least this long. */
export const TASK_SECONDS_BILLED_MIN = 60;
/** The size of a task as deploy/ sets it. */
export const TASK_VCPUS = 1;
export const TASK_GIB = 1;

/** One second of a task of that size. */
export const TASK_SECOND_USD: number =
  TASK_VCPUS * PRICES.vcpuSecond.usd + TASK_GIB * PRICES.gibSecond.usd;
