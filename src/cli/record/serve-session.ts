/** Serves what a session says of itself: /metrics for Prometheus, /healthz and /readyz for what starts and restarts it. */
import { type ServedPage, servePages } from '../../edge/process/page-server.js';
import type { Log } from '../../jobs/ports.js';
import type { SessionFigures } from '../../jobs/record/record-session.js';
import { METRICS_CONTENT_TYPE, metricsText } from './metrics-text.js';
import type { Address } from './record-forms.js';
import { readiness, sessionMetrics } from './session-metrics.js';

export interface ServedSession {
  /** From here on there is something to say. */
  readonly show: (figures: () => SessionFigures) => void;
  readonly close: () => Promise<void>;
}

/** Serves nothing without an address. Throws an error of kind `blocked` where the address cannot be had. */
export async function serveSession(address: Address | undefined, log: Log): Promise<ServedSession> {
  if (address === undefined) return { show: () => undefined, close: async () => undefined };
  let current: (() => SessionFigures) | undefined;
  const server = await servePages(address, {
    '/metrics': () => metricsPage(current),
    // It answers, so it lives: a session that cannot go on ends its process.
    '/healthz': () => jsonPage(200, { status: 'ok' }),
    '/readyz': () => readinessPage(current),
  });
  log.event('INFO', 'metrics_served', { host: address.host, port: server.port });
  return {
    show: (figures) => {
      current = figures;
    },
    close: server.close,
  };
}

function metricsPage(current: (() => SessionFigures) | undefined): ServedPage {
  const text = current === undefined ? '' : metricsText(sessionMetrics(current()));
  return { status: 200, contentType: METRICS_CONTENT_TYPE, text };
}

function readinessPage(current: (() => SessionFigures) | undefined): ServedPage {
  const { ready, reasons } =
    current === undefined ? { ready: false, reasons: ['starting'] } : readiness(current());
  return jsonPage(ready ? 200 : 503, { ready, reasons });
}

function jsonPage(status: number, body: object): ServedPage {
  return { status, contentType: 'application/json', text: `${JSON.stringify(body)}\n` };
}
