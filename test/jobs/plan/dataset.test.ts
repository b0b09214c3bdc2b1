/** The datasets of two roots, and what a probe of the output root leaves behind. */
import { describe, expect, test } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import { codec } from '../../../src/edge/format/codec.js';
import { agreeOnDataset } from '../../../src/jobs/plan/dataset.js';
import { probeOutput } from '../../../src/jobs/plan/probe-output.js';
import { resolveSymbols } from '../../../src/jobs/plan/symbols.js';
import { openMemoryStore, type MemoryStore } from '../../support/memory-store.js';

const NAME = '_dataset.json';

function storeWith(text: string | undefined): MemoryStore {
  return openMemoryStore({ files: text === undefined ? {} : { [NAME]: text } });
}

async function agree(rawText: string | undefined, outText: string | undefined) {
  const out = storeWith(outText);
  const dataset = await agreeOnDataset({ raw: storeWith(rawText), out, codec });
  return { dataset, out };
}

describe('the dataset of a raw root', () => {
  test('is carried byte for byte into an output root that has none', async () => {
    const { dataset, out } = await agree('{ "market": "usdm" }\n', undefined);
    expect(dataset).toEqual({ market: 'usdm' });
    expect(out.text(NAME)).toBe('{ "market": "usdm" }\n');
  });

  test('is nothing where the raw root says nothing', async () => {
    const { dataset, out } = await agree(undefined, undefined);
    expect(dataset).toBeUndefined();
    expect(out.names()).toEqual([]);
  });

  test('agrees in any order of members and with members that only one side has', async () => {
    const raw = '{"market":"usdm","unit":{"a":1,"b":2},"recorder":"x"}';
    const { dataset } = await agree(raw, '{"unit":{"b":2,"a":1},"market":"usdm","note":"y"}');
    expect(dataset).toMatchObject({ recorder: 'x' });
  });

  test('is refused where the output root is of another market', async () => {
    const refused = agree('{"market":"usdm"}', '{"market":"spot"}');
    await expect(refused).rejects.toThrow(FlowbarsError);
    await expect(refused).rejects.toMatchObject({
      kind: 'usage',
      parts: { what: "field 'market'", found: '"spot"', where: `memory/${NAME}` },
    });
  });

  test.each<[string | undefined, string, string]>([
    ['{}', '{"streams":"trades"}', 'streams'],
    ['{"streams":"trades"}', '{}', 'streams'],
    ['{}', '{"sparse_trades":true}', 'sparse_trades'],
    ['{}', '{"raw_layout":"{symbol}/{stream}/{date}/{hour}.csv"}', 'raw_layout'],
    [undefined, '{"streams":"trades"}', 'streams'],
  ])('is refused as %s where %s was declared: another rule', async (raw, out, field) => {
    await expect(agree(raw, out)).rejects.toMatchObject({
      kind: 'usage',
      parts: { what: `field '${field}'` },
    });
  });

  test('agrees with a declared rule that is the default', async () => {
    const out = '{"streams":"both","sparse_trades":false}';
    expect((await agree('{}', out)).dataset).toEqual({});
    expect((await agree(out, '{"market":"usdm"}')).dataset).toMatchObject({ streams: 'both' });
  });

  test.each(['[]', '{', 'null', ''])('is refused as %j', async (text) => {
    await expect(agree(text, undefined)).rejects.toMatchObject({ kind: 'usage' });
  });

  test('of a faster writer is compared, too', async () => {
    let reads = 0;
    const out = openMemoryStore({
      before: (operation) => {
        reads += operation === 'read' ? 1 : 0;
        // The first look finds nothing; another task writes before this one does.
        if (operation === 'write' && reads === 1) out.put(NAME, '{"market":"coinm"}');
      },
    });
    const refused = agreeOnDataset({ raw: storeWith('{"market":"usdm"}'), out, codec });
    await expect(refused).rejects.toMatchObject({ kind: 'usage', parts: { found: '"coinm"' } });
  });
});

describe('the probe of an output root', () => {
  test('leaves nothing behind', async () => {
    const out = openMemoryStore();
    await probeOutput('_manifest/runs/r1/A/2025-12-11.json', out, codec);
    expect(out.names()).toEqual([]);
  });

  test('throws what the store throws', async () => {
    const parts = { what: 'write', found: 'HTTP 403', expected: 'the right', where: 'gs://b' };
    const out = openMemoryStore({
      before: () => {
        throw new FlowbarsError('world', parts);
      },
    });
    await expect(
      probeOutput('_manifest/runs/r1/A/2025-12-11.json', out, codec),
    ).rejects.toMatchObject({ kind: 'world', parts });
  });
});

describe('the symbols of a run', () => {
  const raw = openMemoryStore({
    files: { 'ETHUSDT/trades/x': '', 'BTCUSDT/trades/x': '', '_odd/x': '', 'a.b/x': '' },
  });
  const layout = defaultLayout;

  test('are the folders of the raw root that can be symbols', async () => {
    expect(await resolveSymbols('all', layout, raw)).toEqual(['BTCUSDT', 'ETHUSDT']);
  });

  test('are refused where the layout does not begin with them', async () => {
    const found = resolveSymbols(
      'all',
      { ...layout, rawLayout: '{date}/{symbol}/{stream}-{hour}' },
      raw,
    );
    await expect(found).rejects.toMatchObject({ kind: 'usage' });
  });

  test('are refused where there are none', async () => {
    await expect(resolveSymbols('all', layout, openMemoryStore())).rejects.toMatchObject({
      kind: 'usage',
      parts: { where: '--symbols all' },
    });
  });
});
