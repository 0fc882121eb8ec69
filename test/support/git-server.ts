// A real git server for tests: node:http in front of `git http-backend`, Basic auth with tokens, the refusals of
// GitHub and GitLab word for word, planned faults, and a count of the bytes that went each way. Loopback, any port.
import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { GIT_ENV, git } from './git-program.ts';

/** What a token may do: `read` clones, `write` pushes, `none` exists but sees no repository. */
export interface GitUser {
  readonly token: string;
  readonly access: 'none' | 'read' | 'write';
}

export interface GitServerOptions {
  /** Directory of the bare repositories. */
  readonly root: string;
  readonly users: readonly GitUser[];
  /** Whose words the refusals use. */
  readonly flavour?: 'github' | 'gitlab';
  /** Anybody may clone without a token. */
  readonly isPublic?: boolean;
  /** Default `filters`, as the large hosts do: protocol 2 with partial clone. */
  readonly speaks?: 'filters' | 'protocol 2' | 'protocol 1';
}

/** One request as the server saw it. `authorization` says only whether the header was there. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly received: number;
  readonly sent: number;
  readonly user: string | undefined;
}

/** What happens to the next matching request instead of an answer. */
export interface Fault {
  /** Part of `METHOD path?query`. */
  readonly on: string;
  /** Only requests whose body holds these words. */
  readonly holding?: string;
  readonly times?: number;
  /** So many matching requests are answered first. */
  readonly spares?: number;
  readonly kind: 'status' | 'reset' | 'hang' | 'redirect' | 'html' | 'lose-answer';
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly location?: string;
}

export interface GitServer {
  readonly url: string;
  readonly requests: SeenRequest[];
  /** Makes a bare repository, as a copy of the work tree `from` if one is given. @returns its address */
  create(name: string, from?: string): Promise<string>;
  /** Directory of the bare repository `name`. */
  dir(name: string): string;
  /** Installs a hook: a shell script that git runs on a push. */
  hook(name: string, hook: 'pre-receive' | 'update' | 'proc-receive', script: string): Promise<void>;
  /** @returns whether it has happened at least once */
  fail(fault: Fault): () => boolean;
  close(): Promise<void>;
}

const WORDS = {
  github: {
    unauthorized: 'remote: Invalid username or token. Password authentication is not supported for Git operations.',
    forbidden: 'Write access to repository not granted.',
    missing: 'Repository not found.',
  },
  gitlab: {
    unauthorized: 'HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect.',
    forbidden: 'You are not allowed to push code to this project.',
    missing: "The project you were looking for could not be found or you don't have permission to view it.",
  },
} as const;

export async function startGitServer(options: GitServerOptions): Promise<GitServer> {
  await mkdir(options.root, { recursive: true });
  const requests: SeenRequest[] = [];
  const faults: { fault: Fault; left: number; spares: number }[] = [];
  const server = createServer((request, response) => {
    answer(options, faults, requests, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dir = (name: string): string => join(options.root, `${name}.git`);
  return {
    url,
    requests,
    dir,
    create: async (name, from) => {
      await mkdir(join(dir(name), '..'), { recursive: true });
      await git(
        options.root,
        ...(from === undefined
          ? ['init', '-q', '--bare', '-b', 'main', dir(name)]
          : ['clone', '-q', '--bare', '--no-hardlinks', from, dir(name)]),
      );
      if ((options.speaks ?? 'filters') === 'filters') await git(dir(name), 'config', 'uploadpack.allowFilter', 'true');
      return `${url}/${name}.git`;
    },
    hook: async (name, hook, script) => {
      const path = join(dir(name), 'hooks', hook);
      await mkdir(join(dir(name), 'hooks'), { recursive: true });
      await writeFile(path, `#!/bin/sh\n${script}\n`);
      await chmod(path, 0o755);
      if (hook === 'proc-receive') await git(dir(name), 'config', '--add', 'receive.procReceiveRefs', 'refs/heads');
    },
    fail: (fault) => {
      const entry = { fault, left: fault.times ?? 1, spares: fault.spares ?? 0 };
      faults.push(entry);
      return () => entry.left < (fault.times ?? 1);
    },
    close: () => closeServer(server),
  };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => server.close((error) => (error === undefined ? resolve() : reject(error))));
}

async function answer(
  options: GitServerOptions,
  faults: { fault: Fault; left: number; spares: number }[],
  requests: SeenRequest[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const credentials = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
  const user = options.users.find(
    (candidate) => credentials.endsWith(`:${candidate.token}`) && credentials.length > candidate.token.length + 1,
  );
  const done = (status: number, sent: number): void => {
    requests.push({ method: request.method ?? '', path: request.url ?? '', status, received: body.length, sent, user: user?.token });
  };
  const planned = faults.find(
    (entry) => entry.left > 0 && `${request.method} ${request.url}`.includes(entry.fault.on) && body.includes(entry.fault.holding ?? ''),
  );
  if (planned !== undefined && planned.spares > 0) planned.spares -= 1;
  else if (planned !== undefined) {
    planned.left -= 1;
    if (planned.fault.kind === 'lose-answer') await runBackend(options, url, request, body, user);
    done(planned.fault.status ?? 0, 0);
    return misbehave(planned.fault, request, response);
  }
  const refusal = refuse(options, url, request, user);
  const result = refusal ?? (await runBackend(options, url, request, body, user));
  response.writeHead(result.status, result.headers);
  response.end(result.body);
  done(result.status, result.body.length);
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

function refuse(options: GitServerOptions, url: URL, request: IncomingMessage, user: GitUser | undefined): Answer | undefined {
  const words = WORDS[options.flavour ?? 'github'];
  const pushes = url.searchParams.get('service') === 'git-receive-pack' || url.pathname.endsWith('/git-receive-pack');
  const asked = { 'content-type': 'text/plain', 'www-authenticate': 'Basic realm="git"' };
  const given = request.headers.authorization !== undefined;
  if (user === undefined && (given || pushes || options.isPublic !== true)) {
    return { status: 401, headers: asked, body: Buffer.from(words.unauthorized) };
  }
  if (user?.access === 'none') return { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from(words.missing) };
  if (pushes && user?.access !== 'write')
    return { status: 403, headers: { 'content-type': 'text/plain' }, body: Buffer.from(words.forbidden) };
  return undefined;
}

function misbehave(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  if (fault.kind === 'hang') return;
  if (fault.kind === 'reset' || fault.kind === 'lose-answer') {
    request.socket.destroy();
    return;
  }
  const page = fault.kind === 'html' ? '<html><title>Sign in</title></html>' : 'planned fault';
  const location = fault.location === undefined ? {} : { location: fault.location };
  const type = { 'content-type': fault.kind === 'html' ? 'text/html' : 'text/plain' };
  response.writeHead(fault.status ?? 200, { ...type, ...location, ...fault.headers });
  response.end(page);
}

/** CGI as in RFC 3875: environment in, headers and body out. */
function runBackend(
  options: GitServerOptions,
  url: URL,
  request: IncomingMessage,
  body: Buffer,
  user: GitUser | undefined,
): Promise<Answer> {
  const protocol = request.headers['git-protocol'];
  const env = {
    ...GIT_ENV,
    GIT_PROJECT_ROOT: options.root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    CONTENT_LENGTH: String(body.length),
    ...(user === undefined ? {} : { REMOTE_USER: 'user' }),
    ...(typeof protocol === 'string' && options.speaks !== 'protocol 1' ? { GIT_PROTOCOL: protocol } : {}),
  };
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const parts: Buffer[] = [];
    child.on('error', reject);
    child.stdin.on('error', () => child.stdin.destroy());
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('close', () => resolve(parseCgi(Buffer.concat(parts))));
    child.stdin.end(body);
  });
}

function parseCgi(output: Buffer): Answer {
  const end = output.indexOf('\r\n\r\n');
  const lines = output.toString('latin1', 0, Math.max(end, 0)).split('\r\n');
  const pairs = lines.map((line) => line.split(/:\s*/, 2) as [string, string]).filter(([name]) => name !== '');
  const headers = Object.fromEntries(pairs.filter(([name]) => name.toLowerCase() !== 'status'));
  const status = Number.parseInt(pairs.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? (end < 0 ? '500' : '200'), 10);
  return { status, headers, body: output.subarray(end + 4) };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}
