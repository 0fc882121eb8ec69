// TOML 1.0.
import { parse } from 'smol-toml';

export const tomlParser = (text: string) => () => parse(text);
