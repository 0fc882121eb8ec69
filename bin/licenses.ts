// The licences of everything that is bundled: most of them ask to be passed on with the program.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One text for all packages.
 * @param inputs paths of the bundled files, relative to `root`
 * @param alsoIn directories of packages that are shipped without being bundled: Node itself
 */
export function licensesOf(root: string, inputs: readonly string[], alsoIn: readonly string[] = []): string {
  const bundled = inputs.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0] ?? []);
  return [...new Set([...bundled, ...alsoIn])]
    .sort()
    .map((directory) => licenseOf(join(root, directory)))
    .join('\n');
}

function licenseOf(directory: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Record<string, string>;
  const files = readdirSync(directory).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(directory, file), 'utf8').trim());
  return `${'='.repeat(80)}\n${name} ${version}: ${license}\n\n${texts.join('\n\n') || 'The package carries no licence text.'}\n`;
}
