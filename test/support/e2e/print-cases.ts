/** With FLOWBARS_PRINT_CASES=1, what each case shows a user, as a table at the end of a test file. */
import { afterAll } from 'vitest';

export type Report = (name: string, outcome: string, messages: readonly string[]) => void;

/** Call it once per test file; cases keep the order in which they were reported. */
export function printCases(title: string): Report {
  const rows: string[] = [];
  afterAll(() => {
    if (process.env['FLOWBARS_PRINT_CASES'] !== '1') return;
    const head = `| ${title} | outcome | message |\n| --- | --- | --- |`;
    process.stdout.write(`\n${head}\n${rows.join('\n')}\n`);
  });
  return (name, outcome, messages) => {
    const shown = messages.length === 0 ? '–' : messages.map(codeSpan).join('<br>');
    rows.push(`| ${name} | ${outcome} | ${shown} |`);
  };
}

function codeSpan(message: string): string {
  return `\`${message.replaceAll('|', '\\|').replaceAll('`', "'")}\``;
}
