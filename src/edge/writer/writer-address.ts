/** The address of a language model's service. A key travels over https alone, or stays on this machine. */
import { FlowbarsError } from '../../core/unit/errors.js';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

export interface WriterAddress {
  /** Without a trailing `/`. */
  readonly url: string;
  readonly isLoopback: boolean;
}

/** Throws a usage error. A path is kept: many services have one, such as /v1. */
export function writerAddress(text: string, where: string): WriterAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  const isPlain =
    url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url === undefined || !isHttp || !isPlain) {
    const expected = 'scheme, host and path alone, such as https://host/v1';
    // The address may hold a password, so it is not quoted.
    throw new FlowbarsError('usage', { where, what: 'address', found: 'another form', expected });
  }
  const isLoopback = LOOPBACK.test(url.hostname);
  if (url.protocol === 'http:' && !isLoopback) {
    const expected = 'https, or an address of this machine such as http://127.0.0.1:8080/v1';
    throw new FlowbarsError('usage', { where, what: 'address', found: `'${text}'`, expected });
  }
  return { url: `${url.origin}${url.pathname.replace(/\/+$/u, '')}`, isLoopback };
}
