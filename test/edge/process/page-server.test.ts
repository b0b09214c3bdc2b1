import { describe, expect, it } from 'vitest';
import { servePages } from '../../../src/edge/process/page-server.js';

const pages = {
  '/metrics': () => ({ status: 200, contentType: 'text/plain', text: 'up 1\n' }),
  '/readyz': () => ({ status: 503, contentType: 'application/json', text: '{}' }),
};

describe('pages over HTTP', () => {
  it('serves each page by its path, and names them where there is none', async () => {
    const server = await servePages({ host: '127.0.0.1', port: 0 }, pages);
    const at = async (path: string, init?: RequestInit): Promise<[number, string]> => {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
      return [response.status, await response.text()];
    };
    expect(await at('/metrics?x=1')).toEqual([200, 'up 1\n']);
    expect(await at('/readyz')).toEqual([503, '{}']);
    expect(await at('/')).toEqual([404, '/metrics\n/readyz\n']);
    expect((await at('/metrics', { method: 'POST' }))[0]).toBe(404);
    await server.close();
    await expect(at('/metrics')).rejects.toThrow('fetch failed');
  });

  it('refuses a port that is in use, in four parts', async () => {
    const first = await servePages({ host: '127.0.0.1', port: 0 }, pages);
    const second = servePages({ host: '127.0.0.1', port: first.port }, pages);
    await expect(second).rejects.toThrow(
      /^--metrics address: found 127\.0\.0\.1:\d+, and .*EADDRINUSE.*, expected a free port/u,
    );
    await first.close();
  });
});
