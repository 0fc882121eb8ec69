// Frames of compiled JavaScript become frames of the files it was made from, where a source map tells: one in the
// repository, or one beside the file that ran, where it ran on this machine.
import { isInstalled } from '../../core/context/frame-names.ts';
import type { PlacedFrame } from '../../core/context/locate.ts';
import type { Frame } from '../../core/model.ts';
import { indexPaths, type PathIndex, resolvePath } from '../../core/repository/paths.ts';
import type { SourceMap, SourceMaps } from '../../ports.ts';

/** Frames beyond these say little about the cause. */
const MOST_FRAMES = 50;

/**
 * @param entries files of the base commit
 * @param read text of one of them
 * @returns the same frames in the same order, those with a map at their original place
 */
export async function originalFrames(
  frames: readonly Frame[],
  entries: readonly { readonly path: string }[],
  read: (path: string) => Promise<string>,
  maps: SourceMaps,
): Promise<readonly PlacedFrame[]> {
  if (!frames.some(isCompiled)) return frames;
  const index = indexPaths(entries.map(({ path }) => path));
  const known = new Map<string, Promise<SourceMap | undefined>>();
  return Promise.all(
    frames.map(async (frame, at) => {
      if (at >= MOST_FRAMES || !isCompiled(frame)) return frame;
      const map = known.get(frame.file) ?? mapOf(frame.file, index, read, maps);
      known.set(frame.file, map);
      const found = (await map)?.original(frame.line ?? 0, frame.column ?? 0);
      if (!found) return frame;
      return {
        ...frame,
        file: found.source,
        line: found.line,
        column: found.column,
        inApp: !isInstalled(found.source),
        mappedFrom: frame.file,
      };
    }),
  );
}

const isCompiled = ({ file, line, column, inApp }: Frame): boolean =>
  inApp && line !== null && column !== undefined && /\.[cm]?jsx?$/.test(file) && !/^node:|node_modules/.test(file);

async function mapOf(
  file: string,
  index: PathIndex,
  read: (path: string) => Promise<string>,
  maps: SourceMaps,
): Promise<SourceMap | undefined> {
  const inRepository = resolvePath(`${file}.map`, index);
  if (inRepository.kind === 'found') return maps.open(await read(inRepository.path), inRepository.path);
  const beside = await maps.beside(file);
  return beside && maps.open(beside.text, beside.address);
}
