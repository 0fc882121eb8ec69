// What `ignore` and `reset` have in common: one incident of this repository is named, something is said of it, and it is
// shown as it then stands.
import type { Incident } from '../../core/model.ts';
import { shortFingerprint } from '../../core/texts/branch.ts';
import type { SayHere } from '../../core/texts/chinese/say.ts';
import { incidentName } from '../../core/texts/incident/incident-name.ts';
import { fail } from '../../errors.ts';
import type { Redact } from '../../ports.ts';
import type { CommandContext } from '../command-line/context.ts';
import { knownIncidentJson } from '../output/json.ts';
import { harmless } from '../output/tables/table.ts';
import { isFingerprint, theOne } from './choose.ts';

type OpenedLedger = import('../../wiring.ts').OpenedLedger;

/**
 * @param rule says it, and in words what came of it
 * @throws AiOpsError `incident-not-found`, `usage`
 */
export async function ruled(
  context: CommandContext,
  command: 'ignore' | 'reset',
  typed: string,
  rule: (ledger: OpenedLedger, incident: Incident, now: Date, redact: Redact) => Promise<(say: SayHere) => string>,
): Promise<void> {
  const { output, cwd } = context;
  const loaded = await context.config();
  const { clock, judgeFor, openLedgerFor, redactorOf } = await import('../../wiring.ts');
  const ledger = await openLedgerFor(loaded, context, (error) => output.warn(error.message));
  try {
    const unknown = () => fail('incident-not-found', { fingerprint: typed });
    const fingerprint = theOne(await ledger.names(), typed, isFingerprint, unknown, command);
    const [before] = await ledger.incidents({ fingerprint });
    if (before === undefined) throw unknown();
    const words = await rule(ledger, before, clock(), redactorOf(loaded));
    const [after = before] = await ledger.incidents({ fingerprint: before.fingerprint });
    const triage = await (await judgeFor(loaded, cwd))(after, after.sample);
    output.json(knownIncidentJson(after, triage));
    const name = `${harmless(incidentName(after, triage.place))}  ${shortFingerprint(after.fingerprint)}`;
    output.line(output.say('{name}: {said}', { name, said: words(output.say) }));
  } finally {
    await ledger.close();
  }
}
