// `--web`: the page of a repair in the browser. Opened are addresses of the web on the host of its repository, as that host gave them
// to us, and else the page of a report that is made for it.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoadedConfig } from '../../config/load.ts';
import type { Incident, Trace } from '../../core/model.ts';
import { EXIT } from '../../errors.ts';
import type { CommandContext } from '../command-line/context.ts';
import { idOf } from '../output/report/cells.ts';
import { pageId } from '../output/report/incident.ts';
import { openInBrowser } from './browser.ts';

type OfRepair = Pick<Trace, 'request' | 'issue' | 'repository'>;

/** Where one thing stands on the report's page. */
export const partOfTrace = ({ trace }: Pick<Trace, 'trace'>): string => idOf('t', trace);
export const partOfIncident = (incident: Pick<Incident, 'fingerprint' | 'repository'>): string => pageId(incident, false);

/** The report that is made for looking at one thing. */
const REPORT = 'report.html';

/**
 * The newest request of these repairs, else the newest issue.
 * @param baseUrl of the host, where it is configured
 * @returns `undefined` where none has a page on its host
 */
export function pageOf(traces: readonly OfRepair[], baseUrl: string | null): string | undefined {
  const onHost = (kind: 'request' | 'issue') => traces.flatMap((trace) => webPage(trace[kind]?.url, trace.repository, baseUrl) ?? []);
  return onHost('request')[0] ?? onHost('issue')[0];
}

/** Whatever an answer or a ledger says: no other scheme, no login, no other machine. */
function webPage(text: string | undefined, repository: string | undefined, baseUrl: string | null): string | undefined {
  if (text === undefined || !/^https?:\/\/[\x21-\x7e]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const hosts = [repository?.split('/')[0], baseUrl === null || !URL.canParse(baseUrl) ? undefined : new URL(baseUrl).host];
  const isOfHost = hosts.some((host) => host !== undefined && bare(host) === bare(url.hostname));
  return isOfHost && url.username === '' && url.password === '' ? url.href : undefined;
}

/** The same machine may answer git, its API and its pages on different ports, and its API by a name of its own. */
const bare = (host: string): string =>
  host
    .replace(/:\d+$/, '')
    .replace(/^(?:api|www|ssh|altssh)\./, '')
    .toLowerCase();

/**
 * @param traces newest first
 * @param part of the report's page, where no repair has one on a host
 * @returns the exit code
 */
export async function showOnWeb(
  context: CommandContext,
  { config }: LoadedConfig,
  traces: readonly OfRepair[],
  part: string,
): Promise<number> {
  const { output, env, signal } = context;
  const address = pageOf(traces, config.codeHost.baseUrl) ?? (await reported(context, config.state.dir, part));
  if (await openInBrowser(address, { env, signal })) output.note(output.say('opened in the browser: {address}', { address }));
  else {
    output.line(address);
    output.note(output.say('no browser was found here: open the address above, or name one in BROWSER'));
  }
  return EXIT.done;
}

async function reported(context: CommandContext, stateDir: string, part: string): Promise<string> {
  const { writeReport } = await import('../report.ts');
  const file = path.join(stateDir, REPORT);
  await writeReport(context, { output: file, limit: 500, allRepositories: false, merge: [] });
  return `${pathToFileURL(file).href}#${part}`;
}
