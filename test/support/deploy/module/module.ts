/**
 * Reads a Terraform folder: it combines each file's values by hcl2json with the lines by hcl-body, and
 * reports only unreadable files.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Finding, Report } from '../finding.js';
import { type HclAttribute, type HclBlock, hclBody } from './hcl-body.js';

/** A value by hcl2json: an expression is a text with `${}`. */
export type Json = null | boolean | number | string | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [name: string]: Json;
}

export interface Attribute extends HclAttribute {
  readonly value: Json;
}

export interface Block {
  readonly file: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

/** Typed here: the type check of the sources runs without this folder's packages. */
interface Hcl2json {
  parse(fileName: string, source: string): Promise<JsonMap>;
}

function hcl2json(): Hcl2json {
  return createRequire(import.meta.url)('@cdktf/hcl2json') as Hcl2json;
}

export async function readModule(folder: string, report: Report): Promise<Block[]> {
  const converter = hcl2json();
  const blocks: Block[] = [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.tf'));
  for (const file of names.sort()) {
    const source = readFileSync(join(folder, file), 'utf8');
    try {
      const json = await converter.parse(file, source);
      blocks.push(...overlay(file, hclBody(source).blocks, json));
    } catch (error) {
      report(syntaxFinding(file, error));
    }
  }
  return blocks;
}

/** The values of a `.tfvars` file by name. */
export async function readValues(folder: string, file: string, report: Report): Promise<Block> {
  const converter = hcl2json();
  const empty = { file, type: 'tfvars', labels: [], line: 1, attributes: [], blocks: [] };
  const source = readFileSync(join(folder, file), 'utf8');
  try {
    const json = await converter.parse(file, source);
    return { ...empty, attributes: withValues(hclBody(source).attributes, json) };
  } catch (error) {
    report(syntaxFinding(file, error));
    return empty;
  }
}

function overlay(file: string, found: readonly HclBlock[], json: JsonMap): Block[] {
  const counts = new Map<string, number>();
  return found.map((block) => {
    const path = [block.type, ...block.labels];
    const key = JSON.stringify(path);
    const index = counts.get(key) ?? 0;
    counts.set(key, index + 1);
    const body = bodyAt(json, path, index);
    if (body === undefined) throw new Error(`${key} is not in the JSON of ${file}`);
    return {
      file,
      type: block.type,
      labels: block.labels,
      line: block.line,
      attributes: withValues(block.attributes, body),
      blocks: overlay(file, block.blocks, body),
    };
  });
}

function withValues(attributes: readonly HclAttribute[], json: JsonMap): Attribute[] {
  return attributes.map((attribute) => ({ ...attribute, value: json[attribute.name] ?? null }));
}

function bodyAt(json: JsonMap, path: readonly string[], index: number): JsonMap | undefined {
  let at: Json | undefined = json;
  for (const name of path) at = isMap(at) ? at[name] : undefined;
  const body = isList(at) ? at[index] : undefined;
  return isMap(body) ? body : undefined;
}

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** hcl2json writes `parse config: [FILE:LINE,COLUMNS: what; why …]`. */
function syntaxFinding(file: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const [, line, what] = /\[[^:\]]*:(\d+),[^:]*: ([^;\]]+)/.exec(message) ?? [];
  const found = `'${what ?? message.split('\n')[0]}'`;
  return { file, line: Number(line ?? 1), where: 'syntax', found, expected: 'HCL' };
}
