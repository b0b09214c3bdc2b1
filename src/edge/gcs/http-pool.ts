/** Keeps the idle connections of one origin for the next request. Bounds nothing: its caller does. */
import type { ConnectionOptions } from 'node:tls';
import { HttpConnection, type ConnectionLimits, type HttpRequest } from './http-connection.js';

/** An older idle connection may be closed by the server just when a request is sent. */
const IDLE_CONNECTION_MS_MAX = 4_000;

export class HttpPool {
  private readonly origin: URL;
  private readonly limits: ConnectionLimits;
  private readonly tls: ConnectionOptions;
  private readonly idle: { readonly connection: HttpConnection; readonly sinceMs: number }[] = [];

  constructor(endpoint: string, limits: ConnectionLimits, tls: ConnectionOptions = {}) {
    this.origin = new URL(endpoint);
    this.limits = limits;
    this.tls = tls;
  }

  async get(request: HttpRequest): Promise<void> {
    const connection = this.takeIdle() ?? new HttpConnection(this.origin, this.limits, this.tls);
    await connection.get(request);
    if (connection.isOpen) this.idle.push({ connection, sinceMs: performance.now() });
  }

  /** The one that was used last, so that what a smaller number of requests does not need grows old. */
  private takeIdle(): HttpConnection | undefined {
    const oldestMs = performance.now() - IDLE_CONNECTION_MS_MAX;
    for (let entry = this.idle.pop(); entry !== undefined; entry = this.idle.pop()) {
      if (entry.connection.isOpen && entry.sinceMs >= oldestMs) return entry.connection;
      entry.connection.end(undefined);
    }
    return undefined;
  }
}
