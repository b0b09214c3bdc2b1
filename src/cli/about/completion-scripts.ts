/**
 * The completion script of each shell, from one table of commands. A script holds all words itself, so
 * a press of the tab key starts no process. Values without words are completed as files.
 */

export interface CompletedOption {
  readonly name: string;
  readonly help: string;
  readonly isFlag?: true;
  readonly words?: readonly string[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** Words of its argument. */
  readonly words: readonly string[];
}

type Script = (commands: readonly CompletedCommand[]) => string;

export const COMPLETION_SCRIPTS: Readonly<Record<string, Script>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Words of a list are completed behind its last comma. */
function bashScript(commands: readonly CompletedCommand[]): string {
  return `# flowbars completion for bash: source <(flowbars completion bash)
_flowbars() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local words='' head=''
  COMPREPLY=()
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $previous == '=' ]]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W '${namesOf(commands)} --help --version' -- "$current"))
    return
  fi
${wordCases(commands, '${COMP_WORDS[1]}')}
  if [[ $current == *,* ]]; then head="\${current%,*},"; fi
  COMPREPLY=($(compgen -P "$head" -W "$words" -- "\${current#"$head"}"))
}
complete -o default -F _flowbars flowbars
`;
}

function zshScript(commands: readonly CompletedCommand[]): string {
  return `#compdef flowbars
# flowbars completion for zsh, behind compinit: source <(flowbars completion zsh)
_flowbars() {
  local current="\${words[CURRENT]}" previous="\${words[CURRENT-1]}" command="\${words[2]}"
  if (( CURRENT == 2 )); then
    compadd -- ${namesOf(commands)} --help --version
    return
  fi
  local candidates=''
${wordCases(commands, '$command', 'candidates')}
  if [[ $current == *,* ]]; then compset -P '*,'; fi
  compadd -- \${=candidates} || _files
}
if [[ $funcstack[1] == _flowbars ]]; then _flowbars "$@"; else compdef _flowbars flowbars; fi
`;
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, summary, options, words }) => [
    `complete -c flowbars -n __fish_use_subcommand -f -a ${name} -d ${shellText(summary)}`,
    ...options.map(
      (option) =>
        `complete -c flowbars -n '__fish_seen_subcommand_from ${name}' -l ${option.name} -d ${shellText(option.help)}${fishValue(option)}`,
    ),
    ...(words.length === 0
      ? []
      : [
          `complete -c flowbars -n '__fish_seen_subcommand_from ${name}' -f -a '${words.join(' ')}'`,
        ]),
  ]);
  return `# flowbars completion for fish: flowbars completion fish | source\n${lines.join('\n')}\n`;
}

function fishValue({ isFlag, words }: CompletedOption): string {
  if (isFlag === true) return '';
  return words === undefined ? ' -r' : ` -x -a '${words.join(' ')}'`;
}

/** Sets \`words\` by what stands before the cursor: of an option with a value, else of the command. */
function wordCases(
  commands: readonly CompletedCommand[],
  command: string,
  variable = 'words',
): string {
  const caseOf = (pattern: string, words: readonly string[]): string =>
    `    ${pattern}) ${variable}='${words.join(' ')}' ;;`;
  const lines = commands.flatMap(({ name, options, words }) => {
    const values = options.filter(({ isFlag }) => isFlag !== true);
    const all = [...words, ...options.map((option) => `--${option.name}`)];
    return [
      ...values.map((option) => caseOf(`${name}:--${option.name}`, option.words ?? [])),
      caseOf(`${name}:*`, all),
    ];
  });
  return `  case "${command}:$previous" in\n${lines.join('\n')}\n  esac`;
}

function namesOf(commands: readonly CompletedCommand[]): string {
  return commands.map(({ name }) => name).join(' ');
}

function shellText(text: string): string {
  return `'${text.replaceAll("'", String.raw`\'`)}'`;
}
