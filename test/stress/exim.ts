// A real mail server: exim from Debian, unpacked and not installed, as an ordinary user on ports of its own. It offers
// STARTTLS on one port, TLS at once on another, none on a third, and on a fourth and a fifth STARTTLS and a login by a token alone (XOAUTH2, as
// Exchange and Gmail); puts off and refuses by the recipient's name; and delivers into a maildir, which says what has really arrived.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Of Debian 12 and 13; libraries that are there already do no harm. */
const PACKAGES = ['exim4-daemon-light', 'exim4-base', 'libnss-wrapper'];
const LIBRARIES: Readonly<Record<string, string>> = {
  'libidn.so.12': 'libidn12',
  'libdb-5.3.so': 'libdb5.3',
  'libgnutls-dane.so.0': 'libgnutls-dane0',
  'libunbound.so.8': 'libunbound8',
};

/** Who runs it where the tests are root: exim delivers nothing as root. */
const NOBODY = 65_534;

export interface Arrived {
  readonly messageId: string;
  /** Whom the server delivered this file to. */
  readonly recipients: readonly string[];
  readonly raw: string;
}

export interface Exim {
  readonly ports: {
    readonly starttls: number;
    readonly tls: number;
    readonly plain: number;
    readonly token: number;
    readonly bearer: number;
  };
  /** PEM of the authority that its certificate is from. */
  readonly ca: string;
  /** What has arrived, once nothing is on its way any more. */
  arrived(): Promise<readonly Arrived[]>;
  close(): Promise<void>;
}

export async function startExim(dir: string): Promise<Exim> {
  const root = await unpacked();
  const [starttls, tls, plain, token, bearer] = await Promise.all([freePort(), freePort(), freePort(), freePort(), freePort()]);
  const places = { mail: join(dir, 'maildir'), spool: join(dir, 'spool'), log: join(dir, 'log') };
  for (const place of Object.values(places)) mkdirSync(place, { recursive: true });
  const ca = await certificate(dir);
  const uid = process.getuid?.() === 0 ? NOBODY : (process.getuid?.() ?? NOBODY);
  const gid = process.getuid?.() === 0 ? NOBODY : (process.getgid?.() ?? NOBODY);
  const users = join(dir, 'passwd');
  const groups = join(dir, 'group');
  writeFileSync(users, `root:x:0:0::/:/bin/false\nDebian-exim:x:${uid}:${gid}::${dir}:/bin/false\n`);
  writeFileSync(groups, `root:x:0:\nDebian-exim:x:${gid}:\nmail:x:8:\n`);
  const binary = join(root, 'usr/sbin/exim4');
  const file = join(dir, 'exim.conf');
  writeFileSync(file, configuration({ binary, dir, uid, gid, starttls, tls, plain, token, bearer, ...places }));
  for (const place of [dir, ...Object.values(places), file, users, groups, join(dir, 'key.pem')]) chownSync(place, uid, gid);

  const libraries = readdirSync(join(root, 'usr/lib')).find((name) => existsSync(join(root, 'usr/lib', name, 'libnss_wrapper.so')));
  const library = join(root, 'usr/lib', libraries ?? '');
  const env = {
    PATH: process.env.PATH ?? '',
    LD_LIBRARY_PATH: library,
    LD_PRELOAD: join(library, 'libnss_wrapper.so'),
    NSS_WRAPPER_PASSWD: users,
    NSS_WRAPPER_GROUP: groups,
  };
  const child = spawn(binary, ['-bdf', '-q5s', '-C', file], { env, uid, gid, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await listening(plain, () => said);
  return {
    ports: { starttls, tls, plain, token, bearer },
    ca,
    arrived: async () => {
      await quiet(join(places.spool, 'input'));
      return mailsIn(join(places.mail, 'new'));
    },
    close: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** Downloads and unpacks once for this machine. */
async function unpacked(): Promise<string> {
  const place = join(tmpdir(), `ai-ops-exim-${process.getuid?.() ?? 0}`);
  const root = join(place, 'root');
  if (existsSync(join(place, 'done'))) return root;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  chmodSync(place, 0o755);
  await fetchPackages(PACKAGES, place, root);
  const { stdout } = await run('ldd', [join(root, 'usr/sbin/exim4')]);
  const missing = Object.keys(LIBRARIES).filter((name) =>
    stdout.split('\n').some((line) => line.includes(name) && line.includes('not found')),
  );
  if (missing.length > 0)
    await fetchPackages(
      missing.map((name) => LIBRARIES[name] ?? name),
      place,
      root,
    );
  // Without its special right: it runs as whoever starts it.
  chmodSync(join(root, 'usr/sbin/exim4'), 0o755);
  writeFileSync(join(place, 'done'), '');
  return root;
}

async function fetchPackages(names: readonly string[], dir: string, root: string): Promise<void> {
  const get = () => spawnSync('apt-get', ['-q', 'download', ...names], { cwd: dir, encoding: 'utf8' });
  if (get().status !== 0) {
    // As root a machine that knows no package yet learns of them.
    spawnSync('apt-get', ['-qq', 'update']);
    const again = get();
    if (again.status !== 0) throw new Error(`apt-get download ${names.join(' ')} ended with ${again.status}: ${again.stderr}`);
  }
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(dir, file), root]);
    rmSync(join(dir, file));
  }
}

async function certificate(dir: string): Promise<string> {
  const subject = ['-subj', '/CN=mx.example.org', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const files = ['-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')];
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    ...subject,
    ...files,
  ]);
  return readFileSync(join(dir, 'cert.pem'), 'utf8');
}

interface Facts {
  readonly binary: string;
  readonly dir: string;
  readonly uid: number;
  readonly gid: number;
  readonly starttls: number;
  readonly tls: number;
  readonly plain: number;
  readonly token: number;
  readonly bearer: number;
  readonly mail: string;
  readonly spool: string;
  readonly log: string;
}

/** Recipients by their local part: `gone` never, `busy` always later, `grey…` later the first time, all others at once. */
function configuration({ binary, dir, uid, gid, starttls, tls, plain, token, bearer, mail, spool, log }: Facts): string {
  return `exim_path = ${binary}
exim_user = ${uid}
exim_group = ${gid}
never_users =
deliver_drop_privilege = true
spool_directory = ${spool}
log_file_path = ${log}/%slog
pid_file_path = ${dir}/exim.pid
primary_hostname = mx.example.org
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${starttls} : ${tls} : ${plain} : ${token} : ${bearer}
tls_on_connect_ports = ${tls}
tls_advertise_hosts = \${if eq{$received_port}{${plain}}{}{*}}
tls_certificate = ${dir}/cert.pem
tls_privatekey = ${dir}/key.pem
auth_advertise_hosts = \${if def:tls_in_cipher {*}{}}
message_size_limit = 100K
smtp_accept_max = 50
smtp_accept_queue_per_connection = 0
rfc1413_query_timeout = 0s
keep_environment =
acl_smtp_rcpt = recipient
acl_smtp_data = content

begin acl
recipient:
  deny condition = \${if or{{eq{$received_port}{${token}}}{eq{$received_port}{${bearer}}}}}
       !authenticated = *
       message = 5.7.57 not logged in
  deny local_parts = gone
       message = 5.1.1 no such user
  defer local_parts = busy
        message = 4.2.1 come back later
  defer local_parts = ^grey
        !seen = 1h / key=$local_part
        message = 4.7.1 greylisted
  accept
content:
  deny condition = \${if match{$h_subject:}{forbidden}}
       message = 5.7.1 not wanted here
  accept

begin routers
here:
  driver = accept
  transport = maildir

begin transports
maildir:
  driver = appendfile
  directory = ${mail}
  maildir_format
  create_directory
  envelope_to_add
  return_path_add
  batch_max = 100

begin authenticators
oauthbearer:
  driver = plaintext
  public_name = OAUTHBEARER
  server_prompts =
  server_advertise_condition = \${if and{{def:tls_in_cipher}{eq{$received_port}{${bearer}}}}}
  server_condition = \${if eq{$auth1}{n,a=bot@example.org,\\x01host=127.0.0.1\\x01port=${bearer}\\x01auth=Bearer right-token\\x01\\x01}}
  server_set_id = bot@example.org
xoauth2:
  driver = plaintext
  public_name = XOAUTH2
  server_prompts =
  server_advertise_condition = \${if and{{def:tls_in_cipher}{eq{$received_port}{${token}}}}}
  server_condition = \${if eq{$auth1}{user=bot@example.org\\x01auth=Bearer right-token\\x01\\x01}}
  server_set_id = bot@example.org
plain:
  driver = plaintext
  public_name = PLAIN
  server_advertise_condition = \${if and{{def:tls_in_cipher}{!eq{$received_port}{${token}}}{!eq{$received_port}{${bearer}}}}}
  server_condition = \${if and{{eq{$auth2}{user}}{eq{$auth3}{right}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_advertise_condition = \${if and{{def:tls_in_cipher}{!eq{$received_port}{${token}}}{!eq{$received_port}{${bearer}}}}}
  server_prompts = <| Username: | Password:
  server_condition = \${if and{{eq{$auth1}{user}}{eq{$auth2}{right}}}}
  server_set_id = $auth1
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function listening(port: number, said: () => string): Promise<void> {
  const { connect } = await import('node:net');
  for (let time = 0; time < 100; time += 1) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('close', () => resolve(false));
      setTimeout(() => socket.destroy(), 500).unref();
    });
    if (isThere) return;
    await sleep(100);
  }
  throw new Error(`exim does not listen: ${said()}`);
}

/** Nothing in the spool, for a while: a connection that was cut may still be read. */
async function quiet(spool: string): Promise<void> {
  for (let calm = 0, time = 0; calm < 5 && time < 300; time += 1) {
    const isEmpty = !existsSync(spool) || readdirSync(spool, { recursive: true }).every((name) => !/-[HD]$/.test(String(name)));
    calm = isEmpty ? calm + 1 : 0;
    await sleep(100);
  }
}

function mailsIn(dir: string): readonly Arrived[] {
  return (existsSync(dir) ? readdirSync(dir) : []).map((name) => {
    const raw = readFileSync(join(dir, name), 'utf8');
    const header = (field: string): string => new RegExp(`^${field}: ((?:.*\\r?\\n)(?:[ \\t].*\\r?\\n)*)`, 'im').exec(raw)?.[1] ?? '';
    const recipients = header('Envelope-to')
      .split(',')
      .map((text) => text.trim())
      .filter(Boolean);
    return { messageId: header('Message-ID').trim(), recipients, raw };
  });
}
