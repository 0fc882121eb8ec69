// `ai-ops completion`: scripts for bash, zsh and fish, generated from the table of commands. The scripts ask nothing of
// ai-ops when a key is pressed: completion is instant and never reads a configuration.
import { EXIT, fail } from '../errors.ts';
import { COMMAND_NAMES, COMMANDS, COMMON_OPTIONS, type OptionShape } from './command-line/commands.ts';
import type { CommandContext } from './command-line/context.ts';
import type { CommandName } from './command-line/options.ts';

export async function run({ output }: CommandContext, args: readonly string[]): Promise<number> {
  const [shell] = args;
  const make = SHELLS[shell ?? ''];
  if (make === undefined) throw fail('usage', { detail: `unknown shell '${shell}'`, command: 'completion' });
  output.raw(make(COMMAND_NAMES));
  return EXIT.done;
}

/** Makers of the scripts by shell. */
export const SHELLS: Readonly<Record<string, (names: readonly CommandName[]) => string>> = { bash, zsh, fish };

const HELP: OptionShape = { flags: '--help', doc: 'show the help' };
const optionsOf = (name: CommandName): readonly OptionShape[] => [...COMMANDS[name].options, ...COMMON_OPTIONS, HELP];
const longName = ({ flags }: OptionShape): string => /--[\w-]+/.exec(flags)![0];
const takesValue = ({ flags }: OptionShape): boolean => flags.includes('<');
const hasFileArgument = (name: CommandName): boolean => COMMANDS[name].argument?.completes === 'file';

function bash(names: readonly CommandName[]): string {
  const all = [...new Set(names.flatMap((name) => optionsOf(name)))];
  const valued = all.filter(takesValue);
  const values = [...Map.groupBy(valued, longName)].map(([name, shapes]) => `    ${name}) ${bashValues(shapes)}; return ;;`);
  const perCommand = names.map((name) => {
    const words = [...optionsOf(name).map(longName), ...(COMMANDS[name].argument?.choices ?? [])].join(' ');
    return `    ${name}) words='${words}'; files=${hasFileArgument(name) ? 1 : 0} ;;`;
  });
  return `# bash completion for ai-ops; use it with: source <(ai-ops completion bash)
_ai_ops() {
  local cur prev command words files i
  cur=\${COMP_WORDS[COMP_CWORD]}
  prev=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  case $prev in
${values.join('\n')}
  esac
  command=
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${names.join('|')}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  files=0
  case $command in
${perCommand.join('\n')}
    *) words='${[...names, 'help', ...COMMON_OPTIONS.map(longName), '--help', '--version'].join(' ')}' ;;
  esac
  if [[ $files == 1 && $cur != -* ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$cur"))
    return
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _ai_ops ai-ops
`;
}

function bashValues(shapes: readonly OptionShape[]): string {
  const choices = [...new Set(shapes.flatMap((shape) => shape.choices ?? []))];
  if (choices.length > 0) return `COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$cur"))`;
  if (shapes.some((shape) => shape.completes === 'directory'))
    return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur"))';
  if (shapes.some((shape) => shape.completes === 'file')) return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
  return 'COMPREPLY=()';
}

function zsh(names: readonly CommandName[]): string {
  const cases = names.map((name) => {
    const { argument } = COMMANDS[name];
    const specs = optionsOf(name).map(zshOption);
    if (argument?.choices !== undefined) specs.push(`'1:${quoted(argument.doc)}:(${argument.choices.join(' ')})'`);
    else if (argument !== undefined) specs.push(`'*:${bare(argument.name)}:${argument.completes === 'file' ? '_files' : ' '}'`);
    return `    ${name})\n      _arguments -s \\\n        ${specs.join(' \\\n        ')}\n      ;;`;
  });
  return `#compdef ai-ops
# zsh completion for ai-ops; use it with: source <(ai-ops completion zsh)
_ai_ops() {
  local -a commands
  commands=(
${names.map((name) => `    '${name}:${quoted(COMMANDS[name].summary)}'`).join('\n')}
    'help:show the help of a command'
  )
  if (( CURRENT == 2 )); then
    if [[ $words[2] == -* ]]; then
      _arguments ${COMMON_OPTIONS.map(zshOption).join(' ')} '--help[show the help]' '--version[print the version]'
    else
      _describe 'command' commands
    fi
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _ai_ops ai-ops
`;
}

function zshOption(shape: OptionShape): string {
  const text = quoted(shape.doc).replace(/[[\]]/g, '\\$&');
  if (!takesValue(shape)) return `'${longName(shape)}[${text}]'`;
  const action =
    shape.choices !== undefined
      ? `(${shape.choices.join(' ')})`
      : { file: '_files', directory: '_files -/', none: ' ' }[shape.completes ?? 'none'];
  return `'${longName(shape)}[${text}]:${bare(/<[^>]+>/.exec(shape.flags)![0])}:${action}'`;
}

function fish(names: readonly CommandName[]): string {
  const lines = names.flatMap((name) => {
    const when = `-n '__fish_seen_subcommand_from ${name}'`;
    const { argument } = COMMANDS[name];
    return [
      `complete -c ai-ops -n __fish_use_subcommand -f -a ${name} -d '${quotedForFish(COMMANDS[name].summary)}'`,
      ...COMMANDS[name].options.map((shape) => `complete -c ai-ops ${when} ${fishOption(shape)}`),
      ...(argument?.choices === undefined ? [] : [`complete -c ai-ops ${when} -f -a '${argument.choices.join(' ')}'`]),
      ...(hasFileArgument(name) || argument?.choices !== undefined ? [] : [`complete -c ai-ops ${when} -f`]),
    ];
  });
  const common = [...COMMON_OPTIONS, HELP].map((shape) => `complete -c ai-ops ${fishOption(shape)}`);
  return `# fish completion for ai-ops; put it into ~/.config/fish/completions/ai-ops.fish\n${[...lines, ...common].join('\n')}\n`;
}

function fishOption(shape: OptionShape): string {
  const choices = shape.choices === undefined ? '' : ` -f -a '${shape.choices.join(' ')}'`;
  const value = takesValue(shape) ? ` -r${shape.completes === undefined ? ' -f' : ''}${choices}` : ' -f';
  return `-l ${longName(shape).slice(2)}${value} -d '${quotedForFish(shape.doc)}'`;
}

/** For single quotes of a POSIX shell; colons separate parts in zsh. */
const quoted = (text: string): string => text.replaceAll("'", `'\\''`).replaceAll(':', '\\:');
const quotedForFish = (text: string): string => text.replace(/['\\]/g, '\\$&');
const bare = (text: string): string => text.replace(/[^\w-]/g, '');
