/**
 * Google's storage client, set up so that neither the environment nor its own retries get in the
 * way: it signs requests, lists, looks up and writes. Contents are never read through it.
 */
import { type Bucket, Storage } from '@google-cloud/storage';
import { GOOGLE_ENDPOINT, parseEndpoint } from './gcs-endpoint.js';
import { isMissingCredentials } from '../google/google-error.js';
import { quietClientWarnings } from '../google/client-warnings.js';

export interface GcsClient {
  readonly bucket: Bucket;
  /** Scheme, host and port, without a trailing `/`. */
  readonly endpoint: string;
  /** Headers that sign a request; none for an endpoint that is not Google's, and none without credentials (public buckets). */
  requestHeaders(): Promise<Record<string, string>>;
}

export function openGcsClient(bucketName: string, endpointOption: string | undefined): GcsClient {
  quietClientWarnings();
  const endpoint = parseEndpoint(endpointOption ?? GOOGLE_ENDPOINT);
  const signs = isGoogles(endpoint);
  const storage = new Storage({
    apiEndpoint: endpoint,
    // An endpoint given by option counts as custom, and STORAGE_EMULATOR_HOST makes even Google's
    // own one custom; without this the client would then send no credentials.
    useAuthWithCustomEndpoint: signs,
    // The client's first wait is a second, on the wall clock, and it neither retries refused
    // connections nor puts an end to a silent one. retry.ts does all of that.
    retryOptions: { autoRetry: false },
  });
  // STORAGE_EMULATOR_HOST silently replaces the base URL of all but uploads, whatever apiEndpoint
  // says, and breaks it on the way (no /storage/v1). The option alone says where requests go.
  storage.baseUrl = `${endpoint}/storage/v1`;
  return {
    bucket: storage.bucket(bucketName),
    endpoint,
    requestHeaders: signs ? () => signedHeaders(storage, endpoint) : async () => ({}),
  };
}

/** Credentials are sent to Google only, and only encrypted; regional endpoints are hosts of the same domain. */
function isGoogles(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' && hostname.endsWith('.googleapis.com');
}

async function signedHeaders(storage: Storage, endpoint: string): Promise<Record<string, string>> {
  try {
    return Object.fromEntries(await storage.authClient.getRequestHeaders(endpoint));
  } catch (error) {
    // As the client does: the bucket may be public. If it is not, Google answers 401.
    if (isMissingCredentials(error)) return {};
    throw error;
  }
}
