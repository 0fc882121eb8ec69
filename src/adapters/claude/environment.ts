// The environment of the Claude CLI, built from a list: what is not on it does not exist for Claude.
// No credential of a code host or of the mail is on it; those of a cloud only where Claude itself is reached through that cloud.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Inside } from '../../ports.ts';

const PLAIN = new Set(
  (
    'PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TERM TMPDIR TEMP TMP COLORTERM NO_COLOR ' +
    'HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy ' +
    'SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS ' +
    'SYSTEMROOT SystemRoot USERPROFILE APPDATA LOCALAPPDATA PATHEXT COMSPEC ComSpec HOMEDRIVE HOMEPATH ' +
    'CLAUDE_CONFIG_DIR CLAUDE_CODE_OAUTH_TOKEN CLAUDE_CODE_API_KEY_HELPER_TTL_MS CLAUDE_CODE_MAX_OUTPUT_TOKENS CLAUDE_CODE_MAX_RETRIES ' +
    'CLAUDE_CODE_CLIENT_CERT CLAUDE_CODE_CLIENT_KEY CLAUDE_CODE_CLIENT_KEY_PASSPHRASE CLAUDE_CODE_GIT_BASH_PATH CLAUDE_CODE_EFFORT_LEVEL ' +
    'CLAUDE_CODE_USE_BEDROCK CLAUDE_CODE_USE_VERTEX CLAUDE_CODE_USE_FOUNDRY ' +
    'CLAUDE_CODE_SKIP_BEDROCK_AUTH CLAUDE_CODE_SKIP_VERTEX_AUTH CLAUDE_CODE_SKIP_FOUNDRY_AUTH ' +
    'XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_RUNTIME_DIR'
  ).split(' '),
);
const PREFIXES = ['LC_', 'ANTHROPIC_'];

/** Credentials of a cloud go through only with the switch that makes Claude use it; `dir` of HOME is where its own tools keep them. */
const CLOUDS: readonly { readonly when: string; readonly prefixes: readonly string[]; readonly dir: string }[] = [
  { when: 'CLAUDE_CODE_USE_BEDROCK', prefixes: ['AWS_'], dir: '.aws' },
  { when: 'CLAUDE_CODE_USE_VERTEX', prefixes: ['GOOGLE_', 'GCLOUD_', 'CLOUD_ML_', 'CLOUDSDK_', 'VERTEX_'], dir: '.config/gcloud' },
  { when: 'CLAUDE_CODE_USE_FOUNDRY', prefixes: ['AZURE_'], dir: '.azure' },
];

/**
 * What every run is told, whatever the user's environment says. `CLAUDE_CODE_SUBPROCESS_ENV_SCRUB` is left out:
 * without bubblewrap on the machine 2.1.197 refuses to start with it, and with our tools there are no subprocesses.
 */
const ALWAYS: Readonly<Record<string, string>> = {
  DISABLE_AUTOUPDATER: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
};

/** As shipped the CLI tries ten times with growing pauses, minutes in all; a repair is rather tried again as a whole. */
const RETRIES = '4';

/**
 * The environment for the Claude CLI.
 * @param env our own environment
 */
export function claudeEnvironment(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const clouds = CLOUDS.filter(({ when }) => isOn(env[when])).flatMap(({ prefixes }) => prefixes);
  const prefixes = [...PREFIXES, ...clouds];
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === '') continue;
    if (PLAIN.has(name) || prefixes.some((prefix) => name.startsWith(prefix))) kept[name] = value;
  }
  return { CLAUDE_CODE_MAX_RETRIES: RETRIES, ...kept, ...ALWAYS };
}

/**
 * What of the user's files the CLI needs in a sandbox. Measured on 2.1.197: its login, which it writes anew when a token is
 * renewed (in place, where it cannot put another file there), and its own settings; nothing else of its directory.
 */
export function claudePlaces(env: Readonly<Record<string, string>>): Pick<Inside, 'writable' | 'readable' | 'empty'> {
  const home = env.HOME ?? homedir();
  const { CLAUDE_CONFIG_DIR: own } = env;
  const dir = own ?? join(home, '.claude');
  return {
    writable: [join(dir, '.credentials.json'), join(own ?? home, '.claude.json')].filter((file) => existsSync(file)),
    readable: CLOUDS.filter(({ when }) => isOn(env[when])).map((cloud) => join(home, cloud.dir)),
    ...(own === undefined ? {} : { empty: [own] }),
  };
}

const isOn = (value: string | undefined): boolean => value !== undefined && !/^(?:|0|false|no|off)$/i.test(value);
