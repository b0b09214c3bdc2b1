/** A report as Markdown; all texts are escaped, so that no symbol and no path becomes markup. */
import { type Report, TABLE_NOTE, writerLines } from './report-parts.js';

const HEADER = ['section', 'fact', 'text', 'value', 'unit', 'size', 'command'];

export function reportMarkdown(report: Report): string {
  const { sheet, paragraphs } = report;
  const [written = '', ...reasons] = writerLines(report);
  const rows = sheet.facts.map((fact) => [
    fact.section,
    fact.id,
    fact.text,
    fact.value,
    fact.unit,
    fact.size ?? '',
    codeText(fact.trace),
  ]);
  const cells = rows.map((row) =>
    row.map((cell, index) => (index === HEADER.length - 1 ? cell : escapedText(cell))),
  );
  return [
    `# ${escapedText(`${sheet.symbol} ${sheet.date}`)}`,
    ...paragraphs.map(escapedText),
    `*${escapedText(written)}*`,
    ...(reasons.length === 0
      ? []
      : [reasons.map((reason) => `- ${escapedText(reason)}`).join('\n')]),
    '## Facts',
    escapedText(TABLE_NOTE),
    [HEADER, HEADER.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n{2,}$/u, '\n');
}

function escapedText(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~&$]/gu, String.raw`\$&`);
}

/** Inside code nothing is escaped but the bar of a table; a command with a backtick has a longer fence. */
function codeText(command: string): string {
  const code = command.replaceAll('|', String.raw`\|`);
  return code.includes('`') ? `\`\` ${code} \`\`` : `\`${code}\``;
}
