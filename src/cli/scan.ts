// `ai-ops scan`: reads logs once from the start and prints the incidents in them. Touches no state.

import { fstatSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { type Config, logNames } from '../config/schema.ts';
import { eventLine } from '../core/texts/incident/event-text.ts';
import type { IncidentPlace } from '../core/texts/incident/incident-name.ts';
import { EXIT, fail } from '../errors.ts';
import { scan } from '../pipeline/scan.ts';
import type { CommandContext, TerminalReadable, World } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { pace } from './output/backpressure.ts';
import { incidentTable } from './output/incidents.ts';
import { eventJson, incidentJson } from './output/json.ts';

export async function run(context: CommandContext, names: readonly string[], options: OptionsOf['scan']): Promise<number> {
  const { output, stdin, stdout, env, signal } = context;
  const loaded = await context.config();
  const { clock, detectSettings, judgeFor, metRepository, openSource, redactorOf } = await import('../wiring.ts');
  const judge = await judgeFor(loaded, context.cwd);
  const sources = names.length > 0 ? names : namedOrGiven(loaded.config, stdin);
  const { name: repository } = await metRepository(loaded, context);
  const settings = await detectSettings(loaded.config, options.events);
  const source = await openSource(sources, loaded, { stdin, env, isGiven: names.length > 0 });
  // Less code is kept beside what it was made from: up to a sixth less memory. A watcher, which runs for long, pays more for it.
  setFlagsFromString('--optimize-for-size');
  // The middle one of the compilers takes longer than it saves in so short a life.
  setFlagsFromString('--no-maglev');
  const { incidents, error } = await scan(
    { source, clock, redact: redactorOf(loaded), details: context.details },
    settings,
    ({ event, fingerprint }) => {
      if (!options.events) return;
      output.json(eventJson(event, fingerprint));
      output.line(`${event.source}:${event.line}  ${event.level}  ${fingerprint}  ${eventLine(event)}`);
    },
    signal,
    () => pace(stdout, signal),
  );
  if (!options.events) {
    const places = new Map<string, IncidentPlace | undefined>();
    for (const incident of incidents) {
      const judged = await judge(incident, incident.sample);
      if (output.isJson) output.json(incidentJson({ ...incident, repository }, judged));
      else places.set(incident.fingerprint, judged.place);
      await pace(stdout, signal);
    }
    incidentTable(output, incidents, ({ fingerprint }) => places.get(fingerprint));
  }
  if (error) throw error;
  if (incidents.length === 0) throw fail('no-error-found', { source: sources.join(', ') });
  return EXIT.done;
}

/** Without a name anywhere, what was given on standard input: `ai-ops scan < app.log`. */
function namedOrGiven(config: Config, stdin: World['stdin']): readonly string[] {
  const names = logNames(config);
  return names.length === 0 && isGiven(stdin()) ? ['-'] : names;
}

/** A file or a pipe; a terminal, nothing and `/dev/null` are none. */
function isGiven({ fd }: TerminalReadable): boolean {
  if (fd === undefined) return false;
  const given = fstatSync(fd);
  return given.isFile() || given.isFIFO();
}
