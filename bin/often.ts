// What most commands load, as one script: one look at what V8 has kept of it, and the helpers of the bundler once instead of in each
// of a hundred chunks.
import type { CodeFile } from './bundle.ts';

/** The name of that script. */
export const OFTEN = 'often.js';

/** What `chunk-loader.cjs` calls a chunk with. */
const PARAMETERS = 'module, exports, require, __filename, __dirname, importMetaUrl, importFile';

/** A chunk as a script of its own. */
export const asFunction = (text: string): string => `(function (${PARAMETERS}) {${text}\n})`;

/** As the bundler writes them at the head of a chunk; one that is written otherwise stays where it is. */
const HELPERS: readonly string[] = [
  'var __create = Object.create;',
  'var __defProp = Object.defineProperty;',
  'var __getOwnPropDesc = Object.getOwnPropertyDescriptor;',
  'var __getOwnPropNames = Object.getOwnPropertyNames;',
  'var __getProtoOf = Object.getPrototypeOf;',
  'var __hasOwnProp = Object.prototype.hasOwnProperty;',
  `var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};`,
  `var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};`,
  `var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));`,
];

/** What `__export` has filled is the chunk's own: no copy is needed. */
const OWN_EXPORTS = 'var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);';
const AS_IT_IS = 'var __toCommonJS = (mod) => __defProp(mod, "__esModule", { value: true });';

/** One letter beyond ASCII would make V8 keep two bytes for each. They stand in strings and expressions. */
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** @throws Error where the bundler writes its helpers in another form than is known here */
export function oftenScript(chunks: readonly CodeFile[]): string {
  const all = [...HELPERS, OWN_EXPORTS];
  const members = chunks.map(({ name, text }) => {
    const code = all.reduce((rest, helper) => rest.replace(`${helper}\n`, ''), text);
    return { name, code };
  });
  const left = members.filter(({ code }) => code.includes('__toCommonJS = (mod)'));
  if (left.length > chunks.length / 10) throw new Error(`the bundler writes its helpers otherwise now, for example in ${left[0]?.name}`);
  const functions = members.map(({ name, code }) => `${JSON.stringify(name)}: function (${PARAMETERS}) {${code}\n}`);
  const text = `(function () {\n${[...HELPERS, AS_IT_IS].join('\n')}\nreturn {\n${functions.join(',\n')}\n};\n})`;
  return text.replace(/[^\x00-\x7f]/g, escaped);
}
