/** `flowbars completion`: a script that completes commands, options and their words in a shell. */
import { quoted, refuse } from '../../core/unit/typed-text.js';
import type { Command } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import { COMPLETION_SCRIPTS, type CompletedCommand } from './completion-scripts.js';

const shellArgument = { name: 'shell', help: Object.keys(COMPLETION_SCRIPTS).join(', ') };
/** Every page has it. */
const HELP = { name: 'help', help: 'show this page', isFlag: true } as const;

/** `commands`: all others, which the script completes. */
export function completionCommand(commands: readonly Command[]): Command {
  const command: Command = {
    name: 'completion',
    summary: 'print a script that completes commands and options in bash, zsh or fish',
    options: [],
    argument: shellArgument,
    examples: [
      { line: 'completion bash', does: 'for bash: source <(flowbars completion bash)' },
      { line: 'completion fish | source', does: 'for fish' },
    ],
    execute: (given, { stdout }) => {
      const shell = given.argument(shellArgument);
      stdout.write(completionScript(shell, [...commands, command]));
      return Promise.resolve(EXIT_GOOD);
    },
  };
  return command;
}

/** Throws a usage error for another shell. */
export function completionScript(shell: string, commands: readonly Command[]): string {
  const script = COMPLETION_SCRIPTS[shell];
  if (script === undefined) {
    return refuse('flowbars completion', 'shell', quoted(shell), `one of ${shellArgument.help}`);
  }
  return script(commands.map((one) => completed(one, commands)));
}

function completed(
  { name, summary, options, argument }: Command,
  commands: readonly Command[],
): CompletedCommand {
  const others = name === 'help' ? commands.map((one) => one.name) : [];
  const words = argument === shellArgument ? Object.keys(COMPLETION_SCRIPTS) : others;
  return { name, summary, options: words.length === 0 ? [...options, HELP] : options, words };
}
