// Makes `openapi.json` beside this file: the operations the stand-in serves, with every schema they reach,
// cut from GitHub's official description (npm package @octokit/openapi, MIT, see openapi.LICENSE).
// Prose and examples are left out.
// Usage: npm pack @octokit/openapi@23.0.2, unpack `package/generated/api.github.com.json`, then
//   node test/standins/github/trim-openapi.js path/to/api.github.com.json
import { readFileSync, writeFileSync } from 'node:fs';

const OPERATIONS = {
  '/user': ['get'],
  '/repos/{owner}/{repo}': ['get'],
  '/repos/{owner}/{repo}/pulls': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls/comments': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}': ['get', 'patch'],
  '/repos/{owner}/{repo}/rules/branches/{branch}': ['get'],
  '/repos/{owner}/{repo}/rulesets/{ruleset_id}': ['get'],
  '/repos/{owner}/{repo}/issues': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments': ['get'],
  '/repos/{owner}/{repo}/issues/{issue_number}': ['get', 'patch'],
  '/repos/{owner}/{repo}/issues/{issue_number}/labels': ['post'],
  '/repos/{owner}/{repo}/issues/{issue_number}/assignees': ['post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers': ['post'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/{issue_number}/reactions': ['post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': ['post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/comments': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews': ['get'],
  '/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions': ['post'],
  '/repos/{owner}/{repo}/collaborators/{username}/permission': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}/check-runs': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}/status': ['get'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': ['get'],
  '/repos/{owner}/{repo}/actions/runs': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/jobs': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs': ['post'],
  '/repos/{owner}/{repo}/actions/jobs/{job_id}/logs': ['get'],
};
const PROSE = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'x-github', 'tags', 'x-multi-segment']);
/** Below these keys the next level holds names chosen by GitHub, not keywords of the format. */
const NAMES = new Set(['properties', 'schemas', 'parameters', 'responses', 'headers', 'patternProperties']);

const source = process.argv[2];
if (source === undefined) throw new Error('usage: trim-openapi.js path/to/api.github.com.json');
const full = JSON.parse(readFileSync(source, 'utf8'));

function withoutProse(value, keysAreNames) {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item, false));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => keysAreNames || !PROSE.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutProse(inner, !keysAreNames && NAMES.has(key))]));
}

function reach(value, components) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.$ref === 'string') {
    const [, , kind, name] = value.$ref.split('/');
    components[kind] ??= {};
    if (components[kind][name] === undefined) {
      components[kind][name] = withoutProse(full.components[kind][name], false);
      reach(components[kind][name], components);
    }
  }
  for (const inner of Object.values(value)) reach(inner, components);
}

const paths = {};
for (const [path, methods] of Object.entries(OPERATIONS)) {
  const item = full.paths[path];
  paths[path] = Object.fromEntries(methods.map((method) => [method, withoutProse(item[method], false)]));
}
const components = {};
reach(paths, components);
const info = { title: `${full.info.title}, trimmed by trim-openapi.js`, version: full.info.version, license: full.info.license };
const target = new URL('./openapi.json', import.meta.url);
writeFileSync(target, `${JSON.stringify({ openapi: full.openapi, info, paths, components })}\n`);
