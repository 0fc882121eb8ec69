// Messages as programmers wrote them: the template strings that packages in `node_modules` throw. A template is a list of
// its words and of the expressions in it. Nothing of these packages is kept.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const THROWN = /new \w*Error\(\s*`((?:[^`\\]|\\.)*)`/g;
const EXPRESSION = /\$\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g;
const LEAST = 15;

/** @returns package → its templates: strings for words, `{ hint }` for a value; only packages that have some */
export function templatesOf(folder) {
  const found = new Map();
  for (const name of packagesIn(folder)) {
    const templates = new Map();
    for (const file of scriptsIn(join(folder, name))) {
      for (const [, written] of readFileSync(file, 'utf8').matchAll(THROWN)) {
        const template = split(written.replace(/\\n|\s+/g, ' ').replace(/\\(.)/g, '$1'));
        const words = template.filter((part) => typeof part === 'string').join('\0');
        if ((words.match(/[A-Za-z]{3,}/g)?.length ?? 0) >= 2 && words.length <= 220) templates.set(words, template);
      }
    }
    if (templates.size >= LEAST) found.set(name, [...templates.values()]);
  }
  return found;
}

function split(written) {
  const parts = [];
  let from = 0;
  for (const match of written.matchAll(EXPRESSION)) {
    parts.push(written.slice(from, match.index), { hint: match[1] });
    from = match.index + match[0].length;
  }
  return [...parts, written.slice(from)];
}

function packagesIn(folder) {
  return readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((part) => `${name}/${part}`) : name.startsWith('.') ? [] : [name],
  );
}

function scriptsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.[cm]?js$/.test(name) && !/(?:^|\/)(?:node_modules|test|tests|docs)\/|\.min\./.test(name))
    .sort()
    .map((name) => join(folder, name));
}
