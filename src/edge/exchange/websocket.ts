/**
 * Websockets through ws: it alone of the clients at hand reports pongs, can stop reading, and can be dropped at once. The client
 * of Node itself can do none of that.
 */
import { type RawData, WebSocket } from 'ws';
import type { Socket, SocketListener, Sockets } from '../../jobs/recorder-ports.js';

/** A snapshot of 20 levels has two thousand bytes. */
const FRAME_BYTES_MAX = 1_048_576;
const HANDSHAKE_MAX_MS = 10_000;
/** Close codes that say something without a reason of the other side (RFC 6455, 7.4.1). */
const CLOSE_CODES: Readonly<Record<number, string>> = {
  1000: 'normal closure',
  1001: 'going away',
  1005: 'no code',
  1006: 'abnormal closure',
};

export const webSockets: Sockets = {
  open: (address, listener) => openSocket(address, listener),
};

function openSocket(address: string, listener: SocketListener): Socket {
  const socket = new WebSocket(address, {
    // The exchange does not compress, and a deflate context for each connection costs memory.
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES_MAX,
    handshakeTimeout: HANDSHAKE_MAX_MS,
  });
  let status: number | undefined;
  let fault: string | undefined;
  socket.on('open', () => listener.opened());
  socket.on('message', (data) => listener.text(textOf(data)));
  socket.on('ping', () => listener.alive(false));
  socket.on('pong', () => listener.alive(true));
  socket.on('unexpected-response', (_, response) => {
    status = response.statusCode;
    fault = `HTTP ${status ?? 'without status'}`;
    socket.terminate();
  });
  socket.on('error', (error) => {
    fault ??= error.message;
  });
  socket.on('close', (code, reason) => {
    const words = reason.toString() || (CLOSE_CODES[code] ?? '');
    listener.ended({ why: fault ?? `${code} ${words}`.trimEnd(), status });
  });
  const isOpen = (): boolean => socket.readyState === WebSocket.OPEN;
  return {
    send: (text) => {
      if (isOpen()) socket.send(text);
    },
    ping: () => {
      if (isOpen()) socket.ping();
    },
    end: (how) => {
      if (how === 'closed') socket.close(1000);
      else socket.terminate();
    },
    setPaused: (isPaused) => {
      if (isPaused) socket.pause();
      else socket.resume();
    },
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
