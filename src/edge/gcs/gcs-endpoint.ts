/** Parses the address of a Google service. Apart from the clients, so that parsing loads no SDK. */
import { FlowbarsError } from '../../core/unit/errors.js';

export const GOOGLE_ENDPOINT = 'https://storage.googleapis.com';

/** Scheme, host and port, without a trailing `/`. Throws a usage error. */
export function parseEndpoint(text: string, where = 'Google Cloud Storage endpoint'): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (
    url === undefined ||
    !isHttp ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    throw new FlowbarsError('usage', {
      what: 'address',
      found: `'${text}'`,
      expected: 'scheme, host and port, such as http://127.0.0.1:4443',
      where,
    });
  }
  return url.origin;
}
