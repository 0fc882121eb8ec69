// The code of each command, loaded only when it is called: that keeps `--help` and every short command quick.

import type { CommandModule } from './command-line/context.ts';
import type { CommandName } from './command-line/options.ts';

type Registry = { readonly [N in CommandName]: () => Promise<CommandModule<N>> };

export const REGISTRY: Registry = {
  watch: () => import('./watch.ts'),
  scan: () => import('./scan.ts'),
  explain: () => import('./explain.ts'),
  fix: () => import('./fix.ts'),
  status: () => import('./status.ts'),
  incidents: () => import('./incidents.ts'),
  retry: () => import('./retry.ts'),
  ignore: () => import('./ignore.ts'),
  reset: () => import('./reset.ts'),
  clean: () => import('./clean.ts'),
  report: () => import('./report.ts'),
  stats: () => import('./stats.ts'),
  doctor: () => import('./doctor.ts'),
  init: () => import('./init.ts'),
  config: () => import('./config.ts'),
  demo: () => import('./demo/demo.ts'),
  service: () => import('./service.ts'),
  licenses: () => import('./licenses.ts'),
  completion: () => import('./completion.ts'),
};
