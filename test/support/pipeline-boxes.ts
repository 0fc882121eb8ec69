// Several boxes that repair from one remote: each with a ledger of its own.
import type { Incident, Outcome } from '../../src/core/model.ts';
import { repair } from '../../src/pipeline/repair.ts';
import { createFakeClaims } from '../fakes/claims.ts';
import { INCIDENT } from './incidents.ts';
import { block, createShop, FIXED, SETTINGS } from './pipeline.ts';

const LIVE = new AbortController().signal;

/** Boxes with ledgers of their own, one remote, one host. */
export async function boxes(answer: Parameters<typeof createShop>[0] = block('src/pricing.js', FIXED)) {
  const claims = createFakeClaims();
  const shop = await createShop(answer);
  const box = async (name: string) => {
    const own = await createShop(answer);
    const { repository, workspaces, host } = shop.ports;
    return { ...own, ports: { ...own.ports, repository, workspaces, host, claims: claims.box(name) } };
  };
  return { claims, host: shop.host, files: shop.files, one: await box('one'), two: await box('two') };
}

export type Box = Awaited<ReturnType<typeof boxes>>['one'];

/** One repair in one of them. */
export const run = ({ ports }: Pick<Box, 'ports'>, more: Partial<typeof SETTINGS> = {}, incident: Incident = INCIDENT): Promise<Outcome> =>
  repair(incident, ports, { ...SETTINGS, ...more }, LIVE);
