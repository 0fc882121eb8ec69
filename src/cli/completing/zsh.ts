// Completion for zsh.
import { COMMANDS, COMMON_OPTIONS, type CommandShape, type Completes, type OptionShape } from '../command-line/commands.ts';
import type { CommandName } from '../command-line/options.ts';
import { idsOf, longName, optionsOf, takesValue } from './words.ts';

export function zsh(names: readonly CommandName[]): string {
  const cases = names.map((name) => {
    const { argument } = COMMANDS[name];
    const specs = [...optionsOf(name).map(zshOption), ...(argument === undefined ? [] : [zshArgument(argument)])];
    return `    ${name})\n      _arguments -s \\\n        ${specs.join(' \\\n        ')}\n      ;;`;
  });
  return `#compdef ai-ops
# zsh completion for ai-ops; use it with: source <(ai-ops completion zsh)
_ai_ops_ids() {
  local -a ids
  local line tab=$'\\t'
  for line in \${(f)"$(ai-ops completion --ids $1 2>/dev/null)"}; do
    ids+=("\${line%%$tab*}:\${\${line#*$tab}//:/\\\\:}")
  done
  _describe -V $1 ids
}
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

function zshArgument({ name, doc, choices, completes }: NonNullable<CommandShape['argument']>): string {
  if (choices !== undefined) return `'1:${quoted(doc)}:(${choices.join(' ')})'`;
  return `'${idsOf(completes) === undefined ? '*' : '1'}:${bare(name)}:${actionOf(completes)}'`;
}

function zshOption(shape: OptionShape): string {
  const text = quoted(shape.doc).replace(/[[\]]/g, '\\$&');
  if (!takesValue(shape)) return `'${longName(shape)}[${text}]'`;
  const action = shape.choices !== undefined ? `(${shape.choices.join(' ')})` : actionOf(shape.completes);
  return `'${longName(shape)}[${text}]:${bare(/<[^>]+>/.exec(shape.flags)![0])}:${action}'`;
}

function actionOf(completes: Completes | undefined): string {
  const ids = idsOf(completes);
  // After a blank the words are called as they stand.
  if (ids !== undefined) return ` _ai_ops_ids ${ids}`;
  return completes === 'file' ? '_files' : completes === 'directory' ? '_files -/' : ' ';
}

/** For single quotes of a POSIX shell; colons separate parts in zsh. */
const quoted = (text: string): string => text.replaceAll("'", `'\\''`).replaceAll(':', '\\:');
const bare = (text: string): string => text.replace(/[^\w-]/g, '');
