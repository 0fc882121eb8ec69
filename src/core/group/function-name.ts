// A function's or class's name as the programmer wrote it: without what compilers, proxies and runtimes put into it.
// The principle: a number that a compiler counts up changes with every edit, a prefix that a new version of a runtime
// prints changes with every upgrade; neither is of the bug.
import type { Language } from '../model.ts';

type Rule = readonly [pattern: RegExp, replacement: string];

/** Names of types are cleaned by these too. */
const GENERATED: readonly Rule[] = [
  // Java: lambdas, accessors by reflection, proxies, anonymous classes; Clojure.
  [/\$\$Lambda(?:\$\d+)?(?:\/0x[0-9a-f]+)?(?:@[0-9a-f]+)?/g, '$$$$Lambda'],
  [/lambda\$(?:(\w+?)\$)?\d+/g, 'lambda$$$1'],
  [/Generated(Method|Constructor|SerializationConstructor)Accessor\d+/g, 'Generated$1Accessor'],
  [/\$\$(?:Enhancer|FastClass|SpringCGLIB)\w*?\$\$(?:[0-9a-f]+|\d+)/g, '$$$$Enhancer'],
  [/_?\$\$_javassist(?:_seam)?_\d+|_\$\$_jvst[0-9a-f]+_\d+/g, '_javassist'],
  [/\$HibernateProxy\$\w+/g, '$$HibernateProxy'],
  [/\$\d+(?=\.|$|\$)/g, '$$'],
  [/fn__\d+/g, 'fn'],
  // Ruby: templates, and blocks, which 3.4 names as before; PHP's anonymous classes and closures.
  [/__\d+_\d+$|___?\d{6,}_\d+/g, ''],
  [/^(?:rescue in |ensure in |block (?:\(\d+ levels\) )?in )+/g, ''],
  [/class@anonymous.*$/g, 'class@anonymous'],
  [/\{closure(?::[^{}]*)?\}/g, '{closure}'],
  // Rust, .NET, Go, C and C++, Swift, Erlang.
  [/::\{\{closure\}\}|::\{closure(?:_env)?#\d+\}|::h[0-9a-f]{16}$/g, ''],
  [/<>c(?:__DisplayClass\d+_\d+)?\.(?=<)/g, ''],
  [/<(\w+)>g__(\w+)\|\d+(?:_\d+)?/g, '$1.$2'],
  [/<(\w+)>[bd]__\d+(?:_\d+)?(?:\.MoveNext)?/g, '$1'],
  [/\.(func|gowrap|deferwrap)\d+(?:\.\d+)*/g, '.$1'],
  [/ ?\[clone [^[\]]*\]|\.(?:constprop|isra|part|cold|lto_priv)(?:\.\d+)+/g, ''],
  [/\{lambda\(([^)]*)\)#\d+\}/g, '{lambda($1)}'],
  [/closure #\d+/g, 'closure'],
  [/-fun-\d+-$/g, '-fun-'],
  [/^async\s+|^new\s+|^Object\.|^Module\.|^exports\./g, ''],
  [/0x[0-9a-f]{4,}/gi, '<hex>'],
];

/** Most names: what is generated has a digit or a sign in it. */
const PLAIN = /^(?!Object\.|Module\.|exports\.)[A-Za-z_]{1,200}(?:\.[A-Za-z_]{1,200}){0,9}$/;

/** Nobody writes a longer one, and a stranger's must not cost more. */
export const MAX_NAME = 1000;

/** @example cleanName('main.load.func3') // 'main.load.func' */
export function cleanName(name: string): string {
  if (PLAIN.test(name)) return name;
  return GENERATED.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), name.slice(0, MAX_NAME));
}

/** What a function is called where it has no name. */
const NAMELESS =
  /^(?:<anonymous>|anonymous|\(anonymous\)|<module>|<main>|<top \(required\)>|\{main\}|<lambda>|\{closure\}|__ANON__|(?:.*::)?__ANON__|<unknown>|\?\?)?$/;

/** Files that a bundler made, where names of one or two letters are its own and change with each build. */
const BUNDLED = /[.-](?:min|bundle|[\w-]{8}|[0-9a-f]{20})\.[cm]?js$|(?:^|[/-])\d+(?:\.[\w-]+)?\.js$|[/\\](?:chunks|assets|_next)[/\\]/;

/** The name of a frame's function. */
export interface FunctionName {
  /** As it counts; empty where a bundler or nobody named it. */
  readonly value: string;
  /** False where no programmer named it: then what was said has to tell one bug from the next. */
  readonly isNamed: boolean;
}

/** @param file tells names that a bundler made from names that were written */
export function functionOf(written: string, file: string, language: Language): FunctionName {
  let value = cleanName(written);
  // Since 3.4 Ruby prints the class before the method.
  if (language === 'ruby' && !value.startsWith('<')) value = value.replace(/^.*[#.](?=.)/, '');
  if (language === 'javascript' && (/^<?anonymous>?$/.test(value) || (/^\w{1,2}$/.test(value) && BUNDLED.test(file)))) value = '';
  return { value, isNamed: !NAMELESS.test(value) };
}
