// `npm run docs`: writes what documents and the JSON Schema say from the tables in the source, so that they cannot drift.
// With `--check` it writes nothing and fails when something is out of date. Prose outside of the marks is left alone.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { COMMAND_NAMES, COMMANDS, COMMON_OPTIONS } from '../src/cli/command-line/commands.ts';
import { EXIT_CODES } from '../src/cli/command-line/exit-codes.ts';
import { SEARCH_PLACES } from '../src/config/files.ts';
import { KEY_NAMES, KEYS } from '../src/config/schema.ts';
import { SECRETS } from '../src/config/secrets.ts';
import { GUARD_RULES } from '../src/core/guard/judge.ts';
import { STEPS } from '../src/core/tables.ts';
import { CATALOGUE } from '../src/errors.ts';
import { ROWS } from '../test/repairs/rows.ts';

/** What `test/docs/command-runs.test.ts` cannot run, and why. */
const NOT_RUN = {
  'journalctl -fu shop -o cat | ai-ops watch -': 'needs a journal of systemd',
  'ai-ops service --install': 'for the whole machine where root asks; test/cli/service.test.ts',
  'sudo ai-ops service --install /var/log/shop/*.log': 'needs root',
  'ai-ops init': 'asks at a terminal; test/cli/init.test.ts',
  'ai-ops doctor --canary': 'asks a model that answers like one; test/e2e/canary.test.ts',
  'ai-ops completion powershell | Out-String | Invoke-Expression': 'needs PowerShell',
};

const root = new URL('..', import.meta.url);
const isCheck = process.argv.includes('--check');

const wanted = [
  { file: 'schema.json', text: () => `${JSON.stringify(jsonSchema(), null, 2)}\n` },
  {
    file: 'doc/cli.md',
    text: (old) => filled(old, { options: optionTable(COMMON_OPTIONS), commands: commandPages(), 'exit-codes': exitCodes() }),
  },
  { file: 'doc/configuration.md', text: (old) => filled(old, { places: places(), keys: keyTable(), secrets: secretTable() }) },
  { file: 'doc/errors.md', text: (old) => filled(old, { errors: errorTable() }) },
  { file: 'doc/recipes.md', text: (old) => filled(old, { steps: stepTable() }) },
  { file: 'doc/security.md', text: (old) => filled(old, { 'guard-rules': guardTable() }) },
  { file: 'doc/e2e-test.md', text: (old) => filled(old, { stories: storyTable() }) },
  { file: 'doc/repairs.md', text: (old) => filled(old, { repositories: repositoryTable(), answers: answerTable() }) },
];

const stale = wanted.filter(({ file, text }) => {
  const old = read(file);
  const fresh = text(old);
  if (fresh === old) return false;
  if (!isCheck) writeFileSync(new URL(file, root), fresh);
  return true;
});

for (const { file } of stale) process.stderr.write(isCheck ? `${file} is out of date: run \`npm run docs\`\n` : `wrote ${file}\n`);
if (isCheck && stale.length > 0) process.exitCode = 1;

/** Each file of `test/e2e` by what its first lines say of it. */
function storyTable() {
  const names = readdirSync(new URL('test/e2e', root)).filter((name) => name.endsWith('.test.ts'));
  const rows = names.sort().map((name) => {
    const [comment] = /^(?:\/\/ .*\n)+/.exec(read(`test/e2e/${name}`)) ?? [];
    if (comment === undefined) throw new Error(`test/e2e/${name} does not say in its first lines what it shows`);
    return `| \`${name}\` | ${comment
      .replace(/^\/\/ /gm, '')
      .trim()
      .replaceAll('\n', ' ')
      .replaceAll('|', '\\|')} |`;
  });
  return ['| file | what it shows |', '| --- | --- |', ...rows].join('\n');
}

function read(file) {
  try {
    return readFileSync(new URL(file, root), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Replaces what stands between `<!-- generated: NAME -->` and `<!-- end -->`. */
function filled(old, parts) {
  let text = old;
  for (const [name, content] of Object.entries(parts)) {
    const mark = new RegExp(`(<!-- generated: ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`);
    if (!mark.test(text)) throw new Error(`the mark <!-- generated: ${name} --> is missing`);
    text = text.replace(mark, (_all, start, end) => `${start}${content.trimEnd()}\n${end}`);
  }
  return text;
}

// ------------------------------------------------------------------ command line

function commandPages() {
  return COMMAND_NAMES.map((name) => {
    const { summary, argument, options, examples } = COMMANDS[name];
    const usage = ['ai-ops', name, options.length > 0 ? '[options]' : '', argument?.name ?? ''].filter(Boolean).join(' ');
    const parts = [`### \`${usage}\``, `${capital(summary)}.`];
    if (argument) parts.push(`\`${argument.name}\`: ${argument.doc}${argument.choices ? ` (${argument.choices.join(', ')})` : ''}.`);
    if (options.length > 0) parts.push(optionTable(options));
    parts.push(`${marks(examples)}\`\`\`sh\n${examples.map(([line, what]) => `${line}   # ${what}`).join('\n')}\n\`\`\``);
    return parts.join('\n\n');
  }).join('\n\n');
}

function marks(examples) {
  const lines = examples.map(([line, what]) => [`${line}   # ${what}`, NOT_RUN[line]]).filter(([, why]) => why !== undefined);
  return lines.map(([line, why]) => `<!-- not run: \`${line}\`: ${why} -->\n`).join('');
}

function optionTable(options) {
  return table(
    ['option', 'meaning', 'default'],
    options.map((option) => {
      const values = option.choices ? ` One of ${option.choices.map(code).join(', ')}.` : '';
      const fallback = option.key ? `\`${option.key}\`` : Array.isArray(option.default) ? '' : (option.default ?? '');
      return [code(option.flags), `${capital(option.doc)}.${values}`, option.required ? 'required' : String(fallback)];
    }),
  );
}

function exitCodes() {
  return table(
    ['code', 'meaning'],
    EXIT_CODES.map(([exitCode, meaning]) => [String(exitCode), meaning]),
  );
}

// ------------------------------------------------------------------ configuration

function places() {
  return SEARCH_PLACES.map((place) => `- \`${place}\`${place === 'package.json' ? ', key `aiops`' : ''}`).join('\n');
}

function keyTable() {
  return table(
    ['key', 'environment', 'default', 'meaning', 'accepted'],
    KEY_NAMES.map((key) => {
      const { kind, env, doc, defaultText, default: fallback, formerly } = KEYS[key];
      const meaning = formerly === undefined ? doc : `${doc} Its older name \`${formerly}\` still works.`;
      return [code(key), env.map(code).join(', ') || '–', defaultText ?? shown(fallback), meaning, kind.expects];
    }),
  );
}

function shown(value) {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '–';
  return code(Array.isArray(value) ? value.join(',') : String(value));
}

function secretTable() {
  return table(
    ['variable', 'file', 'for'],
    Object.values(SECRETS).map(({ variables, use }) => [
      variables.map(code).join(', '),
      variables.map((variable) => code(`${variable}_FILE`)).join(', '),
      use,
    ]),
  );
}

function jsonSchema() {
  const properties = { $schema: { type: 'string', description: 'For editors; ignored.' } };
  const put = (name, described) => {
    const [section, inner] = name.split('.');
    if (inner === undefined) properties[section] = described;
    else {
      properties[section] ??= { type: 'object', additionalProperties: false, properties: {} };
      properties[section].properties[inner] = described;
    }
  };
  for (const key of KEY_NAMES) {
    const { kind, doc, default: fallback, defaultText, formerly } = KEYS[key];
    const { $schema: _, ...whole } = toJsonSchema(kind.schema(), { errorMode: 'ignore', typeMode: 'input' });
    const shape = kind.single ? orOne(whole) : whole;
    const described = {
      ...shape,
      description: defaultText ? `${doc} Default: ${defaultText}.` : doc,
      ...(defaultText ? {} : { default: fallback }),
    };
    put(key, described);
    if (formerly !== undefined) put(formerly, { ...shape, description: `Older name of ${key}.`, deprecated: true });
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of ai-ops',
    type: 'object',
    additionalProperties: false,
    properties,
  };
}

/** A list, or one text in its place. */
function orOne(shape) {
  const { items } = shape.anyOf?.find(({ type }) => type === 'array') ?? shape;
  return { anyOf: [...(shape.anyOf ?? [shape]), items.anyOf?.[0] ?? items] };
}

// ------------------------------------------------------------------ errors

function errorTable() {
  return table(
    ['code', 'exit', 'message', 'hint', 'may pass by itself'],
    Object.entries(CATALOGUE).map(([name, { exitCode, message, hint, retryable }]) => [
      code(name),
      String(exitCode),
      message,
      hint,
      retryable ? 'yes' : '',
    ]),
  );
}

// ------------------------------------------------------------------ steps

function stepTable() {
  const yes = (is) => (is ? 'yes' : '');
  const kept = { value: 'what it found', part: 'a part, from which it is made again', nothing: '–' };
  return table(
    ['step', 'needed until', 'kept for a resume', 'asks Claude', 'seen by others, once', 'in `fix --dry-run`'],
    STEPS.map(({ name, neededUntil, keeps, asksClaude, once, inDryRun }) => [
      code(name),
      neededUntil === null ? '–' : code(neededUntil),
      kept[keeps],
      yes(asksClaude),
      yes(once),
      yes(inDryRun),
    ]),
  );
}

// ------------------------------------------------------------------ rules of the guard

function guardTable() {
  return table(
    ['rule', 'at its strictest', 'what it is about'],
    Object.entries(GUARD_RULES).map(([rule, { verdict, why }]) => [code(rule), code(verdict), why]),
  );
}

// ------------------------------------------------------------------ Markdown

function table(titles, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;')).join(' | ')} |`;
  // Within code spans entities are not read: there the sign stays itself.
  const plain = (text) => text.replace(/`[^`]*`/g, (span) => span.replaceAll('&lt;', '<'));
  return [line(titles), `|${titles.map(() => '---').join('|')}|`, ...rows.map((row) => plain(line(row)))].join('\n');
}

function code(text) {
  return `\`${text}\``;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// ------------------------------------------------------------------ repositories of test/repairs

function repositoryTable() {
  return table(
    ['repository', 'language', 'bug', 'particular'],
    ROWS.map(({ name, language, bug, special }) => [folder(name), language, bug, special ?? '']),
  );
}

function answerTable() {
  return table(
    ['repository', 'right', 'wrong', 'harmful', 'vacuous test'],
    ROWS.map(({ name, answers }) => [folder(name), ...['right', 'wrong', 'harmful', 'vacuous'].map((kind) => ending(answers[kind]))]),
  );
}

function folder(name) {
  return `[${name}](../test/repairs/${name})`;
}

function ending({ what, outcome, level, code: why, guard }) {
  if (outcome === 'proposed') return `**${level ?? 'no proof'}**: ${what}`;
  const rules = guard.map((verdict) => code(verdict.split(' ')[0])).join(', ');
  return `${outcome} (${rules || code(why)}): ${what}`;
}
