/**
 * A local exchange in a process of its own, with a control port beside it: `node --import ./test/support/typescript-imports.ts
 * test/support/exchange/serve-exchange.ts '{"market":…}'`. Prints both addresses as a line of JSON; ends when its input ends.
 * GET /view, GET /ledger (lines `connection stream id flushed`, flushed 0 or 1), POST /fault (a Fault), POST /heal.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Exchange } from './exchange.js';
import type { ExchangeOptions, Fault } from './exchange-options.js';

// Only the project's own tests speak to this process: what they send is taken as it is.
const options = JSON.parse(process.argv[2] ?? '') as ExchangeOptions;
const exchange = new Exchange(options);
await exchange.start();
const control = createServer((request, response) => void serve(request, response));
control.listen(0, '127.0.0.1');
await once(control, 'listening');
const address = control.address();
if (address === null || typeof address === 'string') throw new Error('no port');
const addresses = {
  endpoint: exchange.endpoint,
  control: `http://127.0.0.1:${address.port}`,
};
process.stdout.write(`${JSON.stringify(addresses)}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
control.close();
control.closeAllConnections();
await exchange.stop();

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '', 'http://localhost');
  if (pathname === '/view') {
    response.end(JSON.stringify(exchange.view()));
  } else if (pathname === '/ledger') {
    await pipeline(Readable.from(ledgerText()), response);
  } else if (pathname === '/fault' || pathname === '/heal') {
    const body = await bodyOf(request);
    if (pathname === '/fault') {
      exchange.make(JSON.parse(body) as Fault);
    } else {
      exchange.heal();
    }
    response.writeHead(204).end();
  } else {
    response.writeHead(404).end();
  }
}

function* ledgerText(): Generator<string> {
  let text = '';
  for (const { connection, stream, id, isFlushed } of exchange.ledger()) {
    text += `${connection} ${stream} ${id} ${isFlushed ? 1 : 0}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
