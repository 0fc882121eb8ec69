// Jest transform: TypeScript to ESM, file by file. Types are checked by `npm run types`, not here.
import { transformSync } from 'esbuild';

export default {
  process(source, file) {
    const { code, map } = transformSync(source, { loader: 'ts', format: 'esm', target: 'node24', sourcemap: 'inline', sourcefile: file });
    return { code, map };
  },
};
