/** The lines of a basket as they stand in a mail. */
export function listing(lines) {
  return lines.map(({ name, count }) => `${count} x ${name}`).join('\n');
}
