// Where reading of a partition begins: what our own ledger and the group say, and what is still there. Pure.
import { type Committed, compareSpots, further, type Spot } from './positions.ts';

export interface Known {
  /** Of our own ledger. */
  readonly own: Committed | undefined;
  /** Of the group. */
  readonly group: Committed | undefined;
  /** What is there now. */
  readonly first: bigint;
  readonly end: bigint;
  /** Nobody has read it before: it has come while somebody watched, or another life of it has been read. */
  readonly isNew: boolean;
}

export interface Start {
  readonly at: Committed;
  readonly why: string;
  /** Of records that are gone. */
  readonly gap?: string;
}

/** @param from of what nobody has read before */
export function startOf({ own, group, first, end, isNew }: Known, from: 'start' | 'end' | 'resume'): Start {
  const known = own && group ? further(own, group) : (own ?? group);
  if (known === undefined) {
    const isFirst = from === 'start' || isNew;
    return { at: bare(isFirst ? first : end), why: isFirst ? 'from its first record' : 'from now on' };
  }
  if (known.offset < first) {
    const gone = first - known.offset;
    const gap = `${gone} ${gone === 1n ? 'record is' : 'records are'} gone before they could be read (offsets ${known.offset} to ${first - 1n}): kept too short`;
    return { at: bare(first), why: 'from the first record that is still there', gap };
  }
  if (known.offset > end) {
    const gap = `it ends at offset ${end}, and was read up to ${known.offset}: records were taken back`;
    return { at: bare(end), why: 'from its end', gap };
  }
  const isOwn = own !== undefined && (group === undefined || compareSpots(own, group) >= 0);
  return { at: known, why: isOwn ? 'where this box stopped' : 'where another box of the group stopped' };
}

function bare(offset: bigint): Committed {
  const spot: Spot = { offset, within: 0 };
  return { ...spot, ahead: new Map(), counted: [] };
}
