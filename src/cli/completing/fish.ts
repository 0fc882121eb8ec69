// Completion for fish.
import { COMMANDS, COMMON_OPTIONS, type OptionShape } from '../command-line/commands.ts';
import type { CommandName } from '../command-line/options.ts';
import { askFor, HELP, hasFileArgument, idsOf, longName, takesValue } from './words.ts';

export function fish(names: readonly CommandName[]): string {
  const lines = names.flatMap((name) => {
    const when = `-n '__fish_seen_subcommand_from ${name}'`;
    const { argument } = COMMANDS[name];
    const ids = idsOf(argument?.completes);
    return [
      `complete -c ai-ops -n __fish_use_subcommand -f -a ${name} -d '${quoted(COMMANDS[name].summary)}'`,
      ...COMMANDS[name].options.map((shape) => `complete -c ai-ops ${when} ${fishOption(shape)}`),
      ...(argument?.choices === undefined ? [] : [`complete -c ai-ops ${when} -f -a '${argument.choices.join(' ')}'`]),
      ...(ids === undefined ? [] : [`complete -c ai-ops ${when} -f -k -a '(ai-ops ${askFor(ids)} 2>/dev/null)'`]),
      ...(hasFileArgument(name) || argument?.choices !== undefined || ids !== undefined ? [] : [`complete -c ai-ops ${when} -f`]),
    ];
  });
  const common = [...COMMON_OPTIONS, HELP].map((shape) => `complete -c ai-ops ${fishOption(shape)}`);
  return `# fish completion for ai-ops; put it into ~/.config/fish/completions/ai-ops.fish\n${[...lines, ...common].join('\n')}\n`;
}

function fishOption(shape: OptionShape): string {
  const ids = idsOf(shape.completes);
  const choices = shape.choices === undefined ? '' : ` -f -a '${shape.choices.join(' ')}'`;
  const asked = ids === undefined ? '' : ` -f -k -a '(ai-ops ${askFor(ids)} 2>/dev/null)'`;
  const value = takesValue(shape) ? ` -r${shape.completes === undefined ? ' -f' : ''}${choices}${asked}` : ' -f';
  return `-l ${longName(shape).slice(2)}${value} -d '${quoted(shape.doc)}'`;
}

const quoted = (text: string): string => text.replace(/['\\]/g, '\\$&');
