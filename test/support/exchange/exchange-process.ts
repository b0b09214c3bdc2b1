/** Starts a local exchange in a process of its own and speaks to its control port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ExchangeView } from './exchange-view.js';
import type { ExchangeOptions, Fault } from './exchange-options.js';
import type { LedgerEntry } from './ledger.js';

export interface ExchangeProcess {
  readonly endpoint: string;
  readonly pid: number;
  make(fault: Fault): Promise<void>;
  heal(): Promise<void>;
  view(): Promise<ExchangeView>;
  ledger(): AsyncGenerator<LedgerEntry>;
  stop(): Promise<void>;
}

const hooks = join(import.meta.dirname, '../typescript-imports.ts');
const script = join(import.meta.dirname, 'serve-exchange.ts');

export async function startExchangeProcess(options: ExchangeOptions): Promise<ExchangeProcess> {
  const args = ['--no-warnings', '--import', hooks, script, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout);
  const ended = once(child, 'exit');
  const first = await Promise.race([once(lines, 'line'), ended]);
  const addresses: unknown = JSON.parse(String(first[0]));
  const { endpoint, control } = addressesIn(addresses);
  const post = async (path: string, body: string): Promise<void> => {
    const response = await fetch(`${control}${path}`, { method: 'POST', body });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
  };
  return {
    endpoint,
    pid: child.pid ?? 0,
    make: (fault) => post('/fault', JSON.stringify(fault)),
    heal: () => post('/heal', ''),
    view: async () => {
      const response = await fetch(`${control}/view`);
      return (await response.json()) as ExchangeView;
    },
    ledger: () => ledgerOf(control),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

async function* ledgerOf(control: string): AsyncGenerator<LedgerEntry> {
  const { body } = await fetch(`${control}/ledger`);
  if (body === null) return;
  let rest = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [connection, stream = '', id, flushed] = line.split(' ');
      yield { connection: Number(connection), stream, id: Number(id), isFlushed: flushed === '1' };
    }
  }
}

function addressesIn(value: unknown): { readonly endpoint: string; readonly control: string } {
  const has = typeof value === 'object' && value !== null && 'endpoint' in value;
  if (!has || !('control' in value)) throw new Error('the exchange did not say its addresses');
  return { endpoint: String(value.endpoint), control: String(value.control) };
}
