/** Serves a few pages of text over HTTP, such as metrics. It knows nothing of what they say. */
import { createServer, type ServerResponse } from 'node:http';
import { FlowbarsError } from '../../core/unit/errors.js';

export interface ServedPage {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

export interface PageServer {
  /** The port that it listens on; the one asked for, unless that was 0. */
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Pages by path. Each is made when it is asked for. Throws an error of kind `blocked` where the address cannot be had. */
export async function servePages(
  { host, port }: { readonly host: string; readonly port: number },
  pages: Readonly<Record<string, () => ServedPage>>,
): Promise<PageServer> {
  const server = createServer((request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const path = (request.url ?? '').replace(/\?.*$/u, '');
    const page = isRead ? pages[path] : undefined;
    answer(response, page?.() ?? notFound(Object.keys(pages)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(refused(host, port, error)));
    server.listen(port, host, resolve);
  });
  // It never keeps a process alive that has nothing else to do.
  server.unref();
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function answer(response: ServerResponse, { status, contentType, text }: ServedPage): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(text);
}

function notFound(paths: readonly string[]): ServedPage {
  return { status: 404, contentType: 'text/plain; charset=utf-8', text: `${paths.join('\n')}\n` };
}

function refused(host: string, port: number, error: Error): FlowbarsError {
  return new FlowbarsError(
    'blocked',
    {
      where: '--metrics',
      what: 'address',
      found: `${host}:${port}, and ${error.message}`,
      expected: 'a free port of this machine',
    },
    error,
  );
}
