/** Where a key may travel to, and where it may come from. */
import { describe, expect, test } from 'vitest';
import { writerAddress } from '../../../src/edge/writer/writer-address.js';
import { neededVariable, writerKey } from '../../../src/edge/writer/writer-keys.js';

describe('an address', () => {
  test.each([
    ['https://api.example.com/v1/', 'https://api.example.com/v1', false],
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1', true],
    ['http://localhost:11434', 'http://localhost:11434', true],
    ['http://[::1]:8080', 'http://[::1]:8080', true],
  ])('%s is taken', (text, url, isLoopback) => {
    expect(writerAddress(text, '--writer-url')).toEqual({ url, isLoopback });
  });

  test.each([
    'http://api.example.com/v1',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://10.0.0.1:8080',
    'ftp://127.0.0.1',
    'https://user:password@api.example.com',
    'https://api.example.com/v1?key=abc',
    'api.example.com',
    '',
  ])("'%s' is refused, and no password of it is told", (text) => {
    expect(() => writerAddress(text, '--writer-url')).toThrow(/^--writer-url address: found/u);
    expect(() => writerAddress(text, '--writer-url')).not.toThrow(/password|key=/u);
  });
});

describe('a key', () => {
  test('is that of its variable', () => {
    expect(writerKey({ A_KEY: ' sk-1\n' }, 'A_KEY')).toBe('sk-1');
    expect(writerKey({ A_KEY: '' }, 'A_KEY')).toBeUndefined();
  });

  test('is asked for by the name of its variable, and never quoted', () => {
    expect(() => neededVariable({}, 'A_KEY', 'a key')).toThrow(
      'A_KEY variable: found nothing, expected a key in the variable A_KEY',
    );
    const odd = { A_KEY: 'sk-1\nx: y' };
    expect(() => writerKey(odd, 'A_KEY')).toThrow('A_KEY key: found other characters');
  });
});
