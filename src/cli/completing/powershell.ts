// Completion for PowerShell, that of Windows too. What it offers nothing for is left to the shell, which offers files.
import { COMMANDS, COMMON_OPTIONS } from '../command-line/commands.ts';
import type { CommandName } from '../command-line/options.ts';
import { idsOf, longName, optionsOf, takesValue } from './words.ts';

export function powershell(names: readonly CommandName[]): string {
  const values = names.flatMap((name) =>
    optionsOf(name)
      .filter(takesValue)
      .flatMap((shape) => entry(`${name} ${longName(shape)}`, shape.choices, idsOf(shape.completes))),
  );
  const positional = names.flatMap((name) => {
    const { argument } = COMMANDS[name];
    return entry(name, argument?.choices, idsOf(argument?.completes));
  });
  return `# PowerShell completion for ai-ops; use it with: ai-ops completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'ai-ops' -ScriptBlock {
  param($word, $ast, $position)
  $commands = [ordered]@{
${names.map((name) => `    ${quoted(name)} = ${quoted(COMMANDS[name].summary)}`).join('\n')}
    'help' = 'show the help of a command'
  }
  $options = @{
    '' = @(${list([...COMMON_OPTIONS.map(longName), '--help', '--version'])})
${names.map((name) => `    ${quoted(name)} = @(${list(optionsOf(name).map(longName))})`).join('\n')}
  }
  # Behind an option, or as the argument; 'ids:…' is asked for.
  $values = @{
${[...values, ...positional].join('\n')}
  }
  $before = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  $command = [string]($before | Select-Object -Skip 1 | Where-Object { $commands.Contains($_) } | Select-Object -First 1)
  $behind = "$command $($before[-1])"
  if ($values.ContainsKey($behind)) { $found = $values[$behind] }
  elseif ($word.StartsWith('-')) { $found = $options[$command] }
  elseif ($command -eq '') { $found = $commands.Keys }
  elseif ($values.ContainsKey($command)) { $found = $values[$command] }
  else { $found = @() }
  foreach ($each in @($found)) {
    $lines = if ($each.StartsWith('ids:')) { @(& $before[0] completion --ids $each.Substring(4) 2>$null) } else { @($each) }
    foreach ($line in $lines) {
      $id, $what = $line -split "\`t", 2
      if (-not $id.StartsWith($word)) { continue }
      if (-not $what) { $what = if ($commands.Contains($id)) { $commands[$id] } else { $id } }
      [System.Management.Automation.CompletionResult]::new($id, $id, 'ParameterValue', $what)
    }
  }
}
`;
}

function entry(key: string, choices: readonly string[] | undefined, ids: string | undefined): readonly string[] {
  const offered = choices ?? (ids === undefined ? [] : [`ids:${ids}`]);
  return offered.length === 0 ? [] : [`    ${quoted(key)} = @(${list(offered)})`];
}

const list = (words: readonly string[]): string => words.map(quoted).join(', ');
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
