// What may be run to read logs, and with which environment. A command that only a file of the repository under repair names is not
// run: it would run whatever that says, on the machine and with the logins of whoever reads logs.
import type { CommandsAround } from '../../adapters/sources/command/open.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { secretValues } from '../../config/secrets.ts';
import { commandName, type LogCommand } from '../../core/log-commands.ts';
import { fail } from '../../errors.ts';
import { askedOnlyBy } from '../token-hosts.ts';

/** Settings of the tools that read logs, which find their logins by them. */
const OF_TOOLS = /^(?:AWS_|DOCKER_|KUBE|CLOUDSDK_|GOOGLE_|AZURE_|LOKI_|LOGCLI_|SYSTEMD_)/;

/** @param isGiven the logs are named on the command line, and not by the configuration */
export function logCommands(loaded: LoadedConfig, env: Readonly<Record<string, string | undefined>>, isGiven: boolean): CommandsAround {
  const entries = new Map(
    loaded.config.logs.flatMap((log) => (typeof log !== 'string' && 'command' in log ? [[commandName(log), log]] : [])),
  );
  return {
    commandFor: (name) => {
      const found: LogCommand | undefined = entries.get(name);
      if (found === undefined) throw fail('log-name', { source: name, detail: 'no entry of `logs` has this command' });
      const program = found.command[0] ?? '';
      if (!isGiven && askedOnlyBy(loaded, 'logs', [program]) !== undefined)
        throw fail('log-command-unbound', { file: loaded.origins.logs, program, command: found.command.join(' ') });
      return found;
    },
    start: async () => {
      const [{ createLongRunning }, { commandEnvironment }] = await Promise.all([
        import('../../adapters/process/long-running.ts'),
        import('../../adapters/process/command-environment.ts'),
      ]);
      const own = Object.keys(env).filter((name) => OF_TOOLS.test(name));
      return {
        programs: createLongRunning(),
        env: commandEnvironment(env, own, [...secretValues(loaded.secrets)]),
        dir: process.cwd(),
        now: Date.now,
      };
    },
  };
}
