// A cluster of a test's own: etcd, the API server, containerd and one kubelet, without a network of its own (pods use that of the
// machine and need none). It needs root, Debian's etcd-server, containerd and a C compiler, and kube-apiserver and kubelet, which
// no package brings: they are looked for on the PATH and in AIOPS_KUBE_BIN (made by `go build` from the module k8s.io/kubernetes).
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeSpeaker } from './docker.ts';

const run = promisify(execFile);
const runs = (program: string, ...argv: readonly string[]): boolean => spawnSync(program, argv, { stdio: 'ignore', env: ENV }).status === 0;
const ENV = { ...process.env, PATH: [process.env.AIOPS_KUBE_BIN, process.env.PATH].filter(Boolean).join(delimiter) };

export const hasCluster = (): boolean =>
  process.getuid?.() === 0 &&
  ['kube-apiserver', 'kubelet', 'etcd', 'containerd', 'gcc'].every((program) => runs(program, '--version')) &&
  runs('kubectl', 'version', '--client');

export interface Cluster {
  /** With these kubectl finds it; a token that nobody has given is refused. */
  configOf(token: 'right' | 'wrong'): string;
  /** Where the kubelet keeps what containers write. */
  readonly podLogs: string;
  kubectl(...argv: readonly string[]): Promise<string>;
  apply(object: object): Promise<void>;
  stop(): Promise<void>;
}

/** The API server asks the kubelet by this name. */
const NODE = 'localhost';

export async function startCluster(): Promise<Cluster> {
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-cluster-'));
  const [etcd, peer, api, kubelet] = (await Promise.all([freePort(), freePort(), freePort(), freePort()])) as [
    number,
    number,
    number,
    number,
  ];
  const file = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const started: ChildProcess[] = [];
  let objects = 0;
  const start = (program: string, ...argv: readonly string[]): void => {
    const log = openSync(join(dir, `${program}.log`), 'a');
    started.push(spawn(program, argv, { stdio: ['ignore', log, log], env: ENV, cwd: dir }));
  };
  const socket = join(dir, 'containerd.sock');
  const ctr = (...argv: readonly string[]) => run('ctr', ['-a', socket, '-n', 'k8s.io', ...argv]);
  const configs = { right: file('kubeconfig-right', kubeconfig(api, 'right')), wrong: file('kubeconfig-wrong', kubeconfig(api, 'wrong')) };
  const configOf = (token: 'right' | 'wrong'): string => configs[token];
  const kubectl = async (...argv: readonly string[]): Promise<string> =>
    (await run('kubectl', ['--kubeconfig', configOf('right'), ...argv], { env: ENV })).stdout;
  const until = async (what: string, isDone: () => Promise<unknown>): Promise<void> => {
    for (let tries = 0; !(await isDone().catch(() => false)); tries += 1) {
      if (tries > 300)
        throw new Error(`${what}: ${['kube-apiserver', 'kubelet', 'containerd'].map((name) => last(join(dir, `${name}.log`))).join('\n')}`);
      await sleep(500);
    }
  };

  start('containerd', '-c', file('containerd.toml', containerdConfig(dir)));
  const address = `http://127.0.0.1:${etcd}`;
  start(
    'etcd',
    `--data-dir=${join(dir, 'etcd')}`,
    `--listen-client-urls=${address}`,
    `--advertise-client-urls=${address}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
  );
  const key = join(dir, 'sa.key');
  spawnSync('openssl', ['genrsa', '-out', key, '2048'], { stdio: 'ignore' });
  start(
    'kube-apiserver',
    ...[`--etcd-servers=${address}`, `--cert-dir=${join(dir, 'certs')}`, `--secure-port=${api}`, '--bind-address=127.0.0.1'],
    ...['--service-account-issuer=https://kubernetes.default.svc', `--service-account-signing-key-file=${key}`],
    ...[`--service-account-key-file=${key}`, `--token-auth-file=${file('tokens.csv', 'right,admin,1,system:masters\n')}`],
    ...['--authorization-mode=AlwaysAllow', '--anonymous-auth=false', '--allow-privileged', '--service-cluster-ip-range=10.96.0.0/24'],
    ...['--disable-admission-plugins=ServiceAccount', '--advertise-address=127.0.0.1', '--endpoint-reconciler-type=none'],
  );
  await until('no API server', () => kubectl('get', '--raw', '/readyz'));
  await until('no containerd', () => ctr('version'));
  await ctr('images', 'import', await imageOf(dir));
  start(
    'kubelet',
    '--config',
    file('kubelet.yaml', kubeletConfig(dir, kubelet)),
    '--kubeconfig',
    configOf('right'),
    `--hostname-override=${NODE}`,
    `--root-dir=${join(dir, 'kubelet')}`,
  );
  await until('no node', async () => (await kubectl('get', 'node', NODE, '-o', 'name')) !== '');

  return {
    ...{ configOf, podLogs: join(dir, 'pods') },
    kubectl,
    apply: async (object) => {
      objects += 1;
      await kubectl('apply', '-f', file(`object-${objects}.json`, JSON.stringify(object)));
    },
    stop: async () => {
      await kubectl('delete', 'pods', '--all', '--all-namespaces', '--force', '--grace-period=0').catch(() => '');
      await until('pods do not end', async () => (await ctr('tasks', 'ls', '-q')).stdout.trim() === '').catch(() => undefined);
      for (const child of started.toReversed()) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      }
      spawnSync('sh', ['-c', `grep -o ' ${dir}[^ ]*' /proc/mounts | sort -r | xargs -r umount -l`]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A pod of one container that writes what stands in `dir`, labelled with its app. */
export const podOf = (name: string, app: string, dir: string, namespace = 'default'): object => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels: { app } } },
  spec: {
    ...{
      nodeName: NODE,
      hostNetwork: true,
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
    },
    ...{ enableServiceLinks: false, tolerations: [{ operator: 'Exists' }], dnsPolicy: 'Default' },
    containers: [
      { name: 'app', image: 'docker.io/library/say:1', imagePullPolicy: 'Never', volumeMounts: [{ name: 'in', mountPath: '/in' }] },
    ],
    volumes: [{ name: 'in', hostPath: { path: dir } }],
  },
});

const last = (log: string): string => (existsSync(log) ? readFileSync(log, 'utf8').slice(-1500) : '');

const kubeconfig = (port: number, token: string): string =>
  JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'x', contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }] },
    clusters: [{ name: 'c', cluster: { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: { token } }],
  });

const containerdConfig = (dir: string): string => `version = 2
root = "${dir}/containerd"
state = "${dir}/containerd-state"
[grpc]
  address = "${dir}/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/library/say:1"
  stream_server_address = "127.0.0.1"
  restrict_oom_score_adj = true
`;

/** The kubelet rotates as soon as it may: it looks every three seconds. */
const kubeletConfig = (dir: string, port: number): string =>
  JSON.stringify({
    ...{ apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', address: '127.0.0.1', port, healthzPort: 0 },
    ...{ authentication: { anonymous: { enabled: true }, webhook: { enabled: false } }, authorization: { mode: 'AlwaysAllow' } },
    ...{ cgroupDriver: 'cgroupfs', cgroupsPerQOS: false, enforceNodeAllocatable: [], failCgroupV1: false, failSwapOn: false },
    ...{ containerRuntimeEndpoint: `unix://${dir}/containerd.sock`, podLogsDir: join(dir, 'pods'), resolvConf: '', syncFrequency: '5s' },
    ...{ evictionHard: { 'imagefs.available': '0%', 'nodefs.available': '0%', 'nodefs.inodesFree': '0%', 'memory.available': '1Mi' } },
    ...{ containerLogMaxSize: '16Ki', containerLogMaxFiles: 4, containerLogMonitorInterval: '3s' },
  });

/** An image of one program, as `docker save` writes it. */
async function imageOf(dir: string): Promise<string> {
  const own = join(dir, 'image');
  mkdirSync(own);
  copyFileSync(makeSpeaker(dir), join(own, 'say'));
  await run('tar', ['-C', own, '--mode=755', '-cf', join(own, 'layer.tar'), 'say']);
  const layer = createHash('sha256')
    .update(readFileSync(join(own, 'layer.tar')))
    .digest('hex');
  const config = {
    ...{ architecture: 'amd64', os: 'linux', config: { Entrypoint: ['/say', '/in/lines'] } },
    ...{ rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] }, history: [{}] },
  };
  writeFileSync(join(own, 'config.json'), JSON.stringify(config));
  writeFileSync(join(own, 'manifest.json'), JSON.stringify([{ Config: 'config.json', RepoTags: ['say:1'], Layers: ['layer.tar'] }]));
  await run('tar', ['-C', own, '-cf', join(own, 'say.tar'), 'manifest.json', 'config.json', 'layer.tar']);
  return join(own, 'say.tar');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
