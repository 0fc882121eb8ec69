// The servers of the table: a git server and the two hosts over its repository, which know one good token.
import { join } from 'node:path';
import { git } from '../support/git-program.ts';
import { type GitServer, startGitServer } from '../support/git-server.ts';
import { type HostSide, startHostSide } from '../support/host-side.ts';
import type { Place } from './world.ts';

const GOOD = 'good-token-of-the-row';
const PROJECT = 'acme/shop';

export interface Servers {
  /** Gives the place's repository a remote with its own commit in it, and tells the program of the host. */
  connect(place: Place, kind: 'github' | 'gitlab', token: string | null): Promise<void>;
  /** A remote repository without a commit. */
  emptyRemote(place: Place): Promise<string>;
  close(): Promise<void>;
}

/** @param root where the bare repositories go */
export function createServers(root: (place: Place) => string): Servers {
  const open: (GitServer | HostSide)[] = [];
  const serve = async (place: Place, isPublic = false): Promise<GitServer> => {
    const server = await startGitServer({ root: join(root(place), 'bare'), users: [{ token: GOOD, access: 'write' }], isPublic });
    open.push(server);
    return server;
  };
  return {
    async connect(place, kind, token) {
      const server = await serve(place);
      await git(place.repo, 'remote', 'add', 'origin', await server.create(PROJECT, place.repo));
      const host = await startHostSide(kind, server.dir(PROJECT), PROJECT, GOOD);
      open.push(host);
      const variable = kind === 'github' ? 'GITHUB_TOKEN' : 'GITLAB_TOKEN';
      Object.assign(place.env, host.env, { CODE_HOST: kind });
      if (token === null) delete place.env[variable];
      else place.env[variable] = token;
    },
    async emptyRemote(place) {
      const server = await serve(place, true);
      return server.create(PROJECT);
    },
    async close() {
      await Promise.all(open.splice(0).map((each) => each.close()));
    },
  };
}
