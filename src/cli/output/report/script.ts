// The one script of the page: it looks for words in the incidents, and unfolds what an address names. The page's policy lets the
// browser run just these letters, by their hash; without it the page shows the same, but for the field to search in.
import { createHash } from 'node:crypto';

export const SCRIPT = `
const field = document.getElementById('find');
const rows = [...document.querySelectorAll('.incident')];
const told = document.getElementById('found');
const words = new Map();
const wordsOf = (row) => {
  if (!words.has(row)) words.set(row, row.textContent.toLowerCase());
  return words.get(row);
};
const find = () => {
  const wanted = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    row.hidden = !wanted.every((word) => wordsOf(row).includes(word));
    if (!row.hidden) shown += 1;
  }
  told.textContent = wanted.length === 0 ? '' : told.dataset.words.replace('{shown}', shown).replace('{count}', rows.length);
};
const unfold = () => {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let one = at; one; one = one.parentElement) {
    if (one.tagName === 'DETAILS') one.open = true;
    one.hidden = false;
  }
  if (at) at.scrollIntoView();
};
if (field) {
  field.closest('form').hidden = false;
  field.addEventListener('input', find);
  field.closest('form').addEventListener('submit', (event) => event.preventDefault());
}
addEventListener('hashchange', unfold);
unfold();
`;

/** For the page's policy. */
export const SCRIPT_SOURCE = `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`;
