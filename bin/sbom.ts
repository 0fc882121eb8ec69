// What is inside the program, for those who keep an inventory: CycloneDX 1.6 (ECMA-424), as JSON. The same build gives the same
// text: no time, no serial number.
import type { Notice } from './licenses.ts';

/** Entries of package-lock.json by their place, `node_modules/NAME`. */
export type Lock = Readonly<Record<string, { readonly integrity?: string }>>;

/** @param notices the program's own first, as `noticesOf` gives them */
export function sbomText([own, ...others]: readonly Notice[], lock: Lock): string {
  if (own === undefined) throw new Error('no notice of the program itself');
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', ...componentOf(own) } },
    components: others.map((notice) => ({ type: 'library', ...componentOf(notice), ...hashesOf(lock[`node_modules/${notice.name}`]) })),
    dependencies: [{ ref: purl(own), dependsOn: others.map(purl) }, ...others.map((notice) => ({ ref: purl(notice), dependsOn: [] }))],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function componentOf(notice: Notice): object {
  const { name, version, license } = notice;
  const licenses = license === '' ? {} : { licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }] };
  return { 'bom-ref': purl(notice), name, version, ...licenses, purl: purl(notice) };
}

/** The package URL: a scope's `@` is written `%40`. */
const purl = ({ name, version }: Notice): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** What the registry says of the package's archive; the lock file has it as base64. */
function hashesOf(entry: Lock[string] | undefined): object {
  const [, content] = /^sha512-(\S+)$/.exec(entry?.integrity ?? '') ?? [];
  return content === undefined ? {} : { hashes: [{ alg: 'SHA-512', content: Buffer.from(content, 'base64').toString('hex') }] };
}
