// A unit of systemd: what it may touch, when it begins again, and why some walls are not there.
import path from 'node:path';
import type { Manager } from './unit.ts';

export const SYSTEMD: Manager = {
  unit: ({
    name,
    argv,
    dir,
    path: search,
    user,
  }) => `# Written by \`ai-ops service\`. Tokens and passwords belong into the file named below, mode 0600, one NAME=value a line.
[Unit]
Description=ai-ops watches ${text(path.basename(dir))}
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
WorkingDirectory=${escaped(dir)}
ExecStart=${argv.map(quoted).join(' ')}
# Read the configuration again.
ExecReload=/bin/kill -HUP $MAINPID
Environment=${quoted(`PATH=${search}`)}
EnvironmentFile=-%E/${name}.env
${user === undefined ? '' : `User=${user}\n`}Restart=on-failure
RestartSec=10
# A mistake in the configuration does not go away by itself.
RestartPreventExitStatus=2
# It interrupts a repair, which goes on after the next start.
TimeoutStopSec=30
# A test that takes all the memory does not take the watcher with it.
OOMPolicy=continue
Nice=5

NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
LimitCORE=0
UMask=0077
${user === undefined ? '' : OF_THE_SYSTEM}
[Install]
WantedBy=${user === undefined ? 'default.target' : 'multi-user.target'}
`,
  place: (name, home, isSystem) =>
    path.posix.join(isSystem ? '/etc/systemd/system' : path.posix.join(home, '.config/systemd/user'), `${name}.service`),
  begin: (name, _file, isSystem) =>
    isSystem
      ? ['systemctl daemon-reload', `systemctl enable --now ${name}`, `journalctl -u ${name} -f`]
      : [
          'systemctl --user daemon-reload',
          `systemctl --user enable --now ${name}`,
          'loginctl enable-linger',
          `journalctl --user -u ${name} -f`,
        ],
};

/** What a person's own manager may not do. The home stays writable: there Claude keeps its login, and package managers their caches. */
const OF_THE_SYSTEM = `CapabilityBoundingSet=
ProtectClock=yes
ProtectHostname=yes
PrivateTmp=yes
ProtectSystem=full
# Not RestrictNamespaces, ProtectKernelTunables, ProtectKernelLogs, ProtectControlGroups and ProtectProc: the sandbox of checks and tests
# makes namespaces of its own, and Linux lets it mount a /proc in one only where nothing of the present one is covered.
`;

/** `%` begins a specifier (systemd.unit(5)). */
const escaped = (value: string): string => value.replaceAll('%', '%%');

/** A word of a command line (systemd.service(5), "Command lines"): `$` begins a variable, `\` a character. */
function quoted(word: string): string {
  const inner = escaped(word).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$').replaceAll('\n', '\\n');
  return /^[\w@%+=:,./-]+$/.test(inner) ? inner : `"${inner}"`;
}

const text = (value: string): string => escaped(value).replaceAll(/[\n\\]/g, ' ');
