/** What `flowbars inspect` cannot read: one error in four parts, and exit code 1. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { TABLES } from '../../../src/core/column/kind-tables.js';
import { typedSchema } from '../../../src/core/column/typed-schema.js';
import { pageDocument } from '../../../src/core/page/document.js';
import { html } from '../../../src/core/page/html.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { freshWorkdir } from '../../support/workdir.js';

const CHUNK = 'raw/BTCUSDT/trades/2020-02-22/00-00.csv';
const ROWS = 'timestamp,price,quantity,is_buyer_maker\n1582329600000,9681.39,0.100,true\n';

function foreignParquet(): Uint8Array {
  const writer = csvTables.typed.create(typedSchema(TABLES.bars));
  return writer.finish({ made: 'elsewhere' });
}

describe('says in four parts what it cannot read:', () => {
  const cases: readonly (readonly [
    name: string,
    file: string,
    content: string | Uint8Array,
    message: string,
  ])[] = [
    ['an empty chunk', CHUNK, '', `${CHUNK} content: found 0 bytes, expected a header or a row`],
    [
      'a chunk without a column',
      CHUNK,
      'timestamp,price\n',
      `${CHUNK} header: found 'timestamp,price', expected the columns`,
    ],
    [
      'a truncated gzip',
      CHUNK,
      gzipSync(ROWS).subarray(0, 40),
      `${CHUNK} gzip: found 'unexpected end of file', expected whole gzip members`,
    ],
    [
      'binary garbage',
      'x.bin',
      Uint8Array.of(0, 255, 10, 7),
      'x.bin content: found binary content (00 ff 0a 07), expected csv text',
    ],
    [
      'a page',
      'x.html',
      pageDocument({ command: 'check', title: 'x', body: html`<p>x</p>` }),
      'x.html content: found a page of flowbars check, expected a chunk or a published file',
    ],
    [
      'Parquet of another program',
      'x.parquet',
      foreignParquet(),
      'x.parquet content: found Parquet without the metadata of flowbars, expected a Parquet file',
    ],
    [
      'a joined file with a row of no day',
      '2025-12-11_2025-12-12_1m_bars.csv',
      'timestamp,vwap\n2025-12-11T00:00:00Z,1\nx,1\n',
      "2025-12-11_2025-12-12_1m_bars.csv line 3 day: found 'x', expected a UTC day",
    ],
    ['other JSON', 'x.json', '{"a":1}', 'x.json quality report, manifest or scoreboard: found'],
  ];

  test.each(cases)('%s', async (_name, file, content, message) => {
    const workdir = freshWorkdir();
    workdir.write(file, content);
    const told = await workdir.run(['inspect', file]);
    expect({ code: told.code, stdout: told.stdout }).toEqual({ code: 1, stdout: '' });
    expect(told.stderr).toContain(`error: ${message}`);
  });
});
