// Many expressions asked as one: most texts hold none of them, and one look is a fraction of the price of many.

/**
 * @param signs none with a group that another refers to
 * @returns whether a text holds one of them
 */
export function anyOf(signs: readonly (string | RegExp)[]): (text: string) => boolean {
  const written = signs.map((sign) => (typeof sign === 'string' ? new RegExp(sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : sign));
  const joined = [...Map.groupBy(written, ({ flags }) => flags)].map(
    // Two of them may call a group the same.
    ([flags, same]) => new RegExp(same.map(({ source }) => source.replaceAll(/\(\?<(?=\w)\w+>/g, '(?:')).join('|'), flags),
  );
  const [only, ...others] = joined;
  return (text) => only !== undefined && (only.test(text) || others.some((one) => one.test(text)));
}
