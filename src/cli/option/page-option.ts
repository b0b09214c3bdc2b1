/** The option of a command that also writes its result as a page. */
import { quoted, refuse } from '../../core/unit/typed-text.js';
import { option, type Option } from './option.js';

/** `env`: its own for each command, so that one variable does not have them write one file. */
export function htmlOption(env: string, help: string): Option<string> {
  return option({
    name: 'html',
    env,
    group: 'Output:',
    help: `${help}: a path or gs://bucket/name that ends in .html`,
    parse: (text, where) =>
      /[^/]\.html$/u.test(text)
        ? text
        : refuse(where, 'page', quoted(text), 'the name of a file that ends in .html'),
  });
}
