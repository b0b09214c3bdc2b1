/**
 * Google's storage client, isolated from the environment and with its own retries off. It signs
 * requests, lists, looks up and writes; gcs-read.ts reads contents without it.
 */
import { type Bucket, Storage } from '@google-cloud/storage';
import { GOOGLE_ENDPOINT, parseEndpoint } from './gcs-endpoint.js';
import { isMissingCredentials } from '../google/google-error.js';
import { quietClientWarnings } from '../google/client-warnings.js';

export interface GcsClient {
  readonly bucket: Bucket;
  /** Scheme, host and port, without a trailing `/`. */
  readonly endpoint: string;
  /** Headers that sign a request; empty for an endpoint that is not Google's, and without credentials (public buckets). */
  requestHeaders(): Promise<Record<string, string>>;
}

export function openGcsClient(bucketName: string, endpointOption: string | undefined): GcsClient {
  quietClientWarnings();
  const endpoint = parseEndpoint(endpointOption ?? GOOGLE_ENDPOINT);
  const signs = isGoogles(endpoint);
  const storage = new Storage({
    apiEndpoint: endpoint,
    // An endpoint given by option counts as custom, and STORAGE_EMULATOR_HOST makes even Google's own
    // endpoint custom. Without this flag the client would then send no credentials.
    useAuthWithCustomEndpoint: signs,
    // The client first waits a second on the wall clock, does not retry refused connections and never
    // ends a silent one. retry.ts does all of that.
    retryOptions: { autoRetry: false },
  });
  // STORAGE_EMULATOR_HOST silently replaces the base URL of all requests but uploads, in spite of
  // apiEndpoint, and drops /storage/v1. Only the option may decide where requests go.
  storage.baseUrl = `${endpoint}/storage/v1`;
  return {
    bucket: storage.bucket(bucketName),
    endpoint,
    requestHeaders: signs ? () => signedHeaders(storage, endpoint) : async () => ({}),
  };
}

/** Credentials go only to Google and only encrypted; regional endpoints are hosts of the same domain. */
function isGoogles(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' && hostname.endsWith('.googleapis.com');
}

async function signedHeaders(storage: Storage, endpoint: string): Promise<Record<string, string>> {
  try {
    return Object.fromEntries(await storage.authClient.getRequestHeaders(endpoint));
  } catch (error) {
    // As the client does, since the bucket may be public. If it is not, Google answers 401.
    if (isMissingCredentials(error)) return {};
    throw error;
  }
}
