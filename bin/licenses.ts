// The licences of everything that is bundled: most of them ask to be passed on with the program.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one package asks to be passed on. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its manifest. */
  readonly license: string;
  readonly text: string;
}

/**
 * The program's own notice first, then those of all packages in it.
 * @param inputs paths of the bundled files, relative to `root`
 * @param alsoIn directories of packages that are shipped without being bundled: Node itself
 */
export function noticesOf(root: string, inputs: readonly string[], alsoIn: readonly string[] = []): readonly Notice[] {
  const bundled = inputs.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0] ?? []);
  const directories = [...new Set([...bundled, ...alsoIn])].sort().map((directory) => join(root, directory));
  return [root, ...directories].map(noticeOf);
}

/** One text of the notices of others, to lie beside the program. */
export function thirdPartyText([, ...others]: readonly Notice[]): string {
  return others.map(({ name, version, license, text }) => `${'='.repeat(80)}\n${name} ${version}: ${license}\n\n${text}\n`).join('\n');
}

/** What a package carries without saying whose it is: each under the MIT licence, as the package itself. */
const CARRIED: Readonly<Record<string, readonly string[]>> = {
  '@vscode/tree-sitter-wasm': [
    'tree-sitter: Copyright (c) 2018 Max Brunsfeld',
    'tree-sitter-c-sharp: Copyright (c) 2014-2023 Max Brunsfeld, Damien Guard, Amaan Qureshi, and contributors',
    'tree-sitter-cpp, tree-sitter-go, tree-sitter-javascript: Copyright (c) 2014 Max Brunsfeld',
    'tree-sitter-java: Copyright (c) 2017 Ayman Nadeem',
    'tree-sitter-php: Copyright (c) 2017 Josh Vera, GitHub; 2019 Max Brunsfeld, Amaan Qureshi, Christian Frøystad, Caleb White',
    'tree-sitter-python: Copyright (c) 2016 Max Brunsfeld',
    'tree-sitter-ruby: Copyright (c) 2016 Rob Rix',
    'tree-sitter-rust: Copyright (c) 2017 Maxim Sokolov',
    'tree-sitter-typescript: Copyright (c) 2017 Max Brunsfeld',
  ],
};

function noticeOf(directory: string): Notice {
  const {
    name = '',
    version = '',
    license = '',
  } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Record<string, string>;
  const files = readdirSync(directory).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(directory, file), 'utf8').trim());
  texts.push(...(CARRIED[name]?.map((line) => `It carries ${line}`) ?? []));
  return { name, version, license, text: texts.join('\n\n') || 'The package carries no licence text.' };
}
