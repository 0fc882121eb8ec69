// A log of 2,000 lines of each system of `systems.js`, with the template of each line.
import { SYSTEMS } from './systems.js';
import { seeded } from './values.js';

const WORDS =
  'orders billing payment session cart invoice cache worker inventory shipping alpha primary replica report account product catalog search audit metrics queue backup archive gateway proxy frontend'.split(
    ' ',
  );
const PEOPLE = [
  'alice',
  'bob',
  'root',
  'admin',
  'deploy',
  'postgres',
  'www-data',
  'svc_backup',
  'j.smith',
  'oracle',
  'test',
  'ubuntu',
  'git',
];
const UNITS = [
  'nginx.service',
  'postgresql@15-main.service',
  'docker.service',
  'cron.service',
  'ssh.service',
  'shop-worker@3.service',
  'logrotate.timer',
  'snapd.socket',
  'user@1000.service',
];
const TITLES = [
  'A high performance web server',
  'PostgreSQL Cluster 15-main',
  'Docker Application Container Engine',
  'Regular background program processing daemon',
  'Rotate log files',
  'User Manager for UID 1000',
  'Shop Worker',
];

/** @returns lines of a system with the number of the template that each came from, and whether it is an error */
export function logOf(name) {
  const { head, templates } = SYSTEMS[name];
  const random = seeded(`systems ${name}`);
  const int = (from, to) => from + Math.floor(random() * (to - from + 1));
  const pick = (list) => list[int(0, list.length - 1)];
  const hex = (length) => Array.from({ length }, () => '0123456789abcdef'[int(0, 15)]).join('');
  const word = () => pick(WORDS);
  const ip = () => (int(0, 9) === 0 ? `2001:db8::${hex(4)}:${int(1, 99)}` : `10.${int(0, 255)}.${int(0, 255)}.${int(1, 254)}`);
  const letters = (length) =>
    Array.from({ length }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[int(0, 63)]).join('');
  const MAKE = {
    int: () => String(pick([int(0, 9), int(10, 999), int(1000, 999_999)])),
    small: () => String(int(0, 30)),
    float: () => `${int(0, 99)}.${int(0, 999)}`,
    port: () => String(int(1024, 65_535)),
    ms: () => pick([`${int(1, 999)}ms`, `${int(1, 59)}.${int(1, 9)}s`, `${int(1, 9)}m`, `${int(1, 5)}m${int(1, 59)}s`]),
    size: () => `${int(1, 999)}${pick(['', '.5'])}${pick(['gb', 'mb', 'kb', ' GB', ' MiB'])}`,
    clock: () => `0:${int(10, 59)}:${int(10, 59)}.${int(100, 999)}`,
    ip,
    host: () => pick([`${word()}.example.com`, `${word()}-${int(1, 30)}.internal`, 'localhost']),
    user: () => pick(PEOPLE),
    email: () => `${pick(PEOPLE)}@${word()}.example.com`,
    path: () =>
      pick([
        `/var/lib/${word()}/${word()}.${pick(['log', 'db', 'conf'])}`,
        `/srv/${word()}/${word()}-${int(1, 99)}`,
        `/etc/${word()}/${word()}.conf`,
        `/tmp/${letters(8)}`,
      ]),
    urlpath: () =>
      pick(['/', `/${word()}`, `/api/v1/${word()}/${int(1, 9999)}`, `/${word()}/${word()}.html?id=${int(1, 99)}`, '/favicon.ico']),
    url: () => `https://git.example.com/${word()}/${word()}.git`,
    word,
    table: () => pick([word(), `${word()}_${word()}`, `${word()}${int(1, 9)}`]),
    topic: () => pick([word(), `${word()}-events`, `${word()}.${word()}`, '__consumer_offsets']),
    group: () => pick([`${word()}-group`, word(), `${word()}_consumer`]),
    index: () => pick([`logs-${word()}-2026.01.${int(10, 28)}`, word(), `.monitoring-es-7-2026.01.${int(10, 28)}`]),
    node: () => pick([`node-${int(1, 9)}`, `es-data-${int(0, 5)}`, `ip-10-0-${int(0, 9)}-${int(1, 254)}.ec2.internal`]),
    ns: () => pick(['default', 'kube-system', word()]),
    podname: () => `${word()}-${hex(9)}-${letters(5).toLowerCase().replace(/[-_]/g, 'x')}`,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    hex: () => `0x${hex(pick([4, 8, 12]))}`,
    hex4: () => hex(4),
    hex16: () => `0000${hex(12)}`,
    hex64: () => hex(64),
    base64: () => letters(22),
    list: () => Array.from({ length: int(1, 3) }, () => pick(['ssh-rsa', 'ssh-dss', 'ecdsa-sha2-nistp256'])).join(','),
    map: () => `Map(${Array.from({ length: int(1, 4) }, (_, at) => `${at} -> ArrayBuffer(${int(1, 3)})`).join(', ')})`,
    jsonish: () => `{${Array.from({ length: int(0, 3) }, () => `"${word()}":"${word()}"`).join(',')}}`,
    bus: () => `${int(1, 4)}-${int(1, 9)}${pick(['', `.${int(1, 4)}`])}`,
    iface: () => pick(['eth0', 'eth1', 'enp3s0', `veth${hex(7)}`, 'wlan0', `br-${hex(12)}`]),
    disk: () => pick(['sda', 'sda1', 'sdb', 'nvme0n1p2', 'dm-0']),
    lib: () => pick(['libc-2.31.so', 'libc.so.6', 'libshop.so.1.2']),
    pci: () => `0000:${hex(2)}:${hex(2)}.${int(0, 7)}`,
    unit: () => pick(UNITS),
    title: () => pick(TITLES),
    cause: () =>
      pick(['connection refused', 'read timed out', 'Broken pipe', 'No route to host (Host unreachable)', 'unexpected end of stream']),
    sku: () => `${pick(['TEA', 'COF', 'CUP'])}-${int(100, 9999)}`,
    cls: () => pick(['Pod', 'ConfigMap', 'Secret', 'Service']),
  };
  const rows = templates.split('\n').map((row) => ({ level: row[0], text: row.slice(2) }));
  const lines = [];
  for (let at = 0; at < 2000; at++) {
    // Some are frequent, most are rare, as in every log.
    const truth = Math.floor(rows.length * random() ** 1.7);
    const { level, text } = rows[truth];
    const filled = text.replace(/\{([a-z]+\d*)\}/g, (whole, kind) => (MAKE[kind] ? MAKE[kind]() : whole));
    lines.push({ truth, isError: level === 'E' || level === 'F', text: head(at, level, { int, pick }) + filled });
  }
  return lines;
}
