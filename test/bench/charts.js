// Bar charts as SVG: plain text, readable on a light and on a dark page.

const ROW = 26;
const LEFT = 250;
const WIDTH = 760;

/**
 * @param {string} title
 * @param {readonly { name: string, value: number, shown: string, isOurs?: boolean }[]} bars
 * @returns {string} an SVG document
 */
export function bars(title, bars) {
  const most = Math.max(...bars.map(({ value }) => value));
  const room = WIDTH - LEFT - 130;
  const rows = bars.map(({ name, value, shown, isOurs }, index) => {
    const y = 40 + index * ROW;
    const length = Math.max(1, (value / most) * room).toFixed(1);
    return [
      `<text class="name" x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${quoted(name)}</text>`,
      `<rect class="${isOurs ? 'ours' : 'bar'}" x="${LEFT}" y="${y}" width="${length}" height="18" rx="2"/>`,
      `<text class="name" x="${(LEFT + Number(length) + 6).toFixed(1)}" y="${y + 14}">${quoted(shown)}</text>`,
    ].join('\n');
  });
  const height = 50 + bars.length * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${quoted(title)}">
<style>text{font:13px sans-serif}.name{fill:#57606a}.title{font-weight:bold;fill:#57606a}.bar{fill:#8c959f}.ours{fill:#1f883d}@media(prefers-color-scheme:dark){.name,.title{fill:#adbac7}}</style>
<text class="title" x="8" y="20">${quoted(title)}</text>
${rows.join('\n')}
</svg>
`;
}

const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
