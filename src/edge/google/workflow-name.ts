/** Parses the full name of a deployed workflow. Apart from the client, so that parsing loads no SDK. */
import { FlowbarsError } from '../../core/unit/errors.js';

const NAME_PATTERN =
  /^projects\/[a-z0-9:.-]{1,100}\/locations\/[a-z0-9-]{1,50}\/workflows\/[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Throws a usage error for any other text. */
export function workflowName(text: string, where: string): string {
  if (NAME_PATTERN.test(text)) return text;
  throw new FlowbarsError('usage', {
    where,
    what: 'workflow',
    found: text === '' ? 'nothing' : `'${text}'`,
    expected: 'projects/PROJECT/locations/REGION/workflows/NAME',
  });
}
