// Completion for bash, without the package bash-completion.
import { COMMANDS, COMMON_OPTIONS, type Completes, type OptionShape } from '../command-line/commands.ts';
import type { CommandName } from '../command-line/options.ts';
import { askFor, hasFileArgument, idsOf, longName, optionsOf, takesValue } from './words.ts';

export function bash(names: readonly CommandName[]): string {
  const all = [...new Set(names.flatMap((name) => optionsOf(name)))];
  const valued = all.filter(takesValue);
  const values = [...Map.groupBy(valued, longName)].map(([name, shapes]) => `    ${name}) ${bashValues(shapes)}; return ;;`);
  const perCommand = names.map((name) => {
    const { argument } = COMMANDS[name];
    const words = [...optionsOf(name).map(longName), ...(argument?.choices ?? [])].join(' ');
    return `    ${name}) words='${words}'; files=${hasFileArgument(name) ? 1 : 0}; ids='${idsOf(argument?.completes) ?? ''}' ;;`;
  });
  return `# bash completion for ai-ops; use it with: source <(ai-ops completion bash)
_ai_ops() {
  local cur prev command words files ids i
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
  ids=
  case $command in
${perCommand.join('\n')}
    *) words='${[...names, 'help', ...COMMON_OPTIONS.map(longName), '--help', '--version'].join(' ')}' ;;
  esac
  if [[ $files == 1 && $cur != -* ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$cur"))
    return
  fi
  if [[ -n $ids && $cur != -* ]]; then
    COMPREPLY=($(compgen -W "$("\${COMP_WORDS[0]}" completion --ids $ids 2>/dev/null | cut -f 1)" -- "$cur"))
    return
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _ai_ops ai-ops
`;
}

function bashValues(shapes: readonly OptionShape[]): string {
  const choices = [...new Set(shapes.flatMap((shape) => shape.choices ?? []))];
  const does = (what: Completes): boolean => shapes.some(({ completes }) => completes === what);
  const ids = shapes.map(({ completes }) => idsOf(completes)).find((each) => each !== undefined);
  if (choices.length > 0) return `COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$cur"))`;
  if (does('directory')) return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur"))';
  if (does('file')) return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
  if (ids !== undefined) return `COMPREPLY=($(compgen -W "$("\${COMP_WORDS[0]}" ${askFor(ids)} 2>/dev/null | cut -f 1)" -- "$cur"))`;
  return 'COMPREPLY=()';
}
