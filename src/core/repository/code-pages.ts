// The pages on which a host shows the code of a project: by commit, so that what they show stays as it was. Pure.

/** Where they are, and how they are called there. */
export interface CodePages {
  /** Address of the project, without a slash at its end. */
  readonly project: string;
  /** What follows it before the commit: of a file at a commit, of a commit. */
  readonly file: string;
  readonly commit: string;
  /** Asks for a text as it is written, where one that is shown rendered has no lines; empty where each has. */
  readonly plain: string;
}

/** Texts that hosts show rendered. */
const RENDERED = /\.(?:md|markdown|rst|adoc|org|ipynb)$/i;

/**
 * @param line from 1
 * @example filePage(pages, 'abc', 'src/a b.js', 5) // 'https://github.com/acme/app/blob/abc/src/a%20b.js#L5'
 */
export function filePage({ project, file, plain }: CodePages, commit: string, path: string, line: number | null = null): string {
  const page = `${project}${file}${commit}/${path.split('/').map(encoded).join('/')}`;
  return line === null ? page : `${page}${RENDERED.test(path) ? plain : ''}#L${line}`;
}

export function commitPage({ project, commit }: CodePages, id: string): string {
  return `${project}${commit}${id}`;
}

/** Also what ends an address within Markdown. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/[()'*!~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
