/** The rows of a recorded chunk as other recorders write them. */
import type { StreamName } from '../src/core/rule/symbol-day.js';
import type { RecordedChunk } from './recording.js';

type InShape = (chunk: RecordedChunk) => RecordedChunk;

const SIDES_PATTERN = /^(\d+),"(.*\])","(\[.*)"$/;

export const OTHER_SHAPES: Readonly<Record<StreamName, Readonly<Record<string, InShape>>>> = {
  depth: {
    'blanks after commas': snapshots((cell) => cell.replaceAll(',', ', ')),
    'JSON numbers': snapshots(withNumbers),
    'floats in JSON, blanks': snapshots((cell) =>
      withNumbers(cell)
        .replaceAll(/(\.\d+?)0+(?=[,\]])/g, '$1')
        .replaceAll(',', ', '),
    ),
    'asks first, timestamp last': rewritten('asks,bids,timestamp', (line) => {
      const [, timestamp, bids, asks] = SIDES_PATTERN.exec(line) ?? [];
      return `"${asks}","${bids}",${timestamp}`;
    }),
  },
  trades: {
    'side, symbol, columns between': rewritten(
      'exchange,symbol,timestamp,local_timestamp,id,side,price,amount',
      (line) => {
        const [time, price, quantity, isBuyerMaker, id] = line.split(',');
        const side = isBuyerMaker === 'true' ? 'sell' : 'buy';
        return `binance,BTCUSDT,${time},${time},${id},${side},${price},${quantity}`;
      },
    ),
    'id first, timestamp last': rewritten('id,price,qty,is_buyer_maker,X,time', (line) => {
      const [time, price, quantity, isBuyerMaker, id, execType] = line.split(',');
      return [id, price, quantity, isBuyerMaker, execType, time].join(',');
    }),
    'all cells in quotes': rewritten(undefined, (line) =>
      line
        .split(',')
        .map((cell) => `"${cell}"`)
        .join(','),
    ),
  },
};

function withNumbers(cell: string): string {
  return cell.replaceAll('"', '');
}

function snapshots(sideText: (cell: string) => string): InShape {
  return rewritten(undefined, (line) => {
    const [, timestamp, bids = '', asks = ''] = SIDES_PATTERN.exec(line) ?? [];
    return `${timestamp},"${sideText(bids)}","${sideText(asks)}"`;
  });
}

/** `header`: undefined keeps the chunk's own. */
function rewritten(header: string | undefined, lineText: (line: string) => string): InShape {
  return ({ name, bytes }) => {
    const [ownHeader = '', ...lines] = Buffer.from(bytes).toString('latin1').trimEnd().split('\n');
    const text = [header ?? ownHeader, ...lines.map(lineText), ''].join('\n');
    return { name, bytes: Uint8Array.from(Buffer.from(text, 'latin1')) };
  };
}
