// Which member of a group reads which partitions: as even as can be, and everybody keeps what they had as far as that goes, so
// that few have to be read from an earlier place. Pure: every leader comes to the same.

export interface Member {
  readonly id: string;
  /** What it read last. */
  readonly had: readonly number[];
}

export function assign(members: readonly Member[], partitions: readonly number[]): ReadonlyMap<string, readonly number[]> {
  const inOrder = [...members].sort((a, b) => (a.id < b.id ? -1 : 1));
  const given = new Map<string, number[]>(inOrder.map(({ id }) => [id, []]));
  if (inOrder.length === 0) return given;
  const left = new Set(partitions);
  const [least, more] = [Math.floor(partitions.length / inOrder.length), partitions.length % inOrder.length];
  let larger = more;
  // Who had more comes first: the larger shares are theirs.
  for (const { id, had } of [...inOrder].sort((a, b) => b.had.length - a.had.length)) {
    const own = [...had].filter((partition) => left.has(partition)).sort((a, b) => a - b);
    const most = own.length > least && larger > 0 ? least + 1 : least;
    if (most > least) larger -= 1;
    for (const partition of own.slice(0, most)) {
      given.get(id)!.push(partition);
      left.delete(partition);
    }
  }
  for (const partition of [...left].sort((a, b) => a - b)) {
    const smallest = [...given.values()].reduce((a, b) => (b.length < a.length ? b : a));
    smallest.push(partition);
  }
  return new Map([...given].map(([id, list]) => [id, list.sort((a, b) => a - b)]));
}
