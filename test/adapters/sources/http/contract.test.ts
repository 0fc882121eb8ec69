// The suite of every source, run on searches and on Loki, each behind a stand-in.
import { openTimeStores } from '../../../../src/adapters/sources/open-servers.ts';
import { type SourceKindCase, sourceContract } from '../../../contracts/source.ts';
import { startSearchServer } from '../../../standins/elasticsearch/server.ts';
import { startLoki } from '../../../standins/loki/server.ts';
import { IS_SLOW_LANE } from '../../../support/lane.ts';
import { openServers } from './world.ts';

/** Each line a record of its own, by one writer, a page's edge within every trace. */
const SEARCH: SourceKindCase = {
  name: 'a search, page by page',
  ...{ resumes: true, follows: true, can: ['mixed', 'late', 'reordered', 'deny'], refusal: /may not be read: it says 401/ },
  start: async () => {
    const server = await startSearchServer();
    let count = 0;
    const add = (lines: readonly string[], host: string, time = Date.now()): void =>
      server.add(
        ...lines.map((message) => {
          count += 1;
          return { index: 'app-1', id: `d${count}`, time, source: { message, host: { name: host }, log: { offset: count } } };
        }),
      );
    return {
      open: async () => openTimeStores([`elasticsearch://127.0.0.1:${server.port}/app-*?tls=off&settle=0&poll=0&limit=4`], openServers()),
      append: async (texts) => {
        for (const text of texts) add(text.split('\n'), 'shop');
      },
      mixed: async (texts) => {
        const writers = Object.entries(texts).map(([writer, text]) => ({ writer, lines: text.split('\n') }));
        for (let at = 0; writers.some(({ lines }) => at < lines.length); at += 1)
          for (const { writer, lines } of writers) if (at < lines.length) add([lines[at]!], writer);
      },
      late: async (lines) => add(lines, 'shop', Date.now() - 20_000),
      reordered: async (lines) => {
        for (const [at, line] of lines.entries()) add([line], 'shop', Date.now() - at * 10);
      },
      deny: async (isDenied) => server.admits(isDenied ? 'Bearer other' : undefined),
      close: async () => {
        await server.close();
        expect(server.violations).toEqual([]);
      },
    };
  },
};

const LOKI: SourceKindCase = {
  name: 'Loki, page by page',
  ...{ resumes: true, follows: true, can: ['mixed', 'late', 'reordered', 'deny'], refusal: /may not be read: it says 401/ },
  start: async () => {
    const server = await startLoki();
    let last = 0n;
    const add = (lines: readonly string[], pod: string, before = 0n): void => {
      for (const line of lines) {
        const now = BigInt(Date.now()) * 1_000_000n;
        last = now > last ? now : last + 1n;
        server.add({ labels: { app: 'shop', pod }, time: last - before, line });
      }
    };
    return {
      open: async () =>
        openTimeStores([`loki://127.0.0.1:${server.port}/?tls=off&settle=0&poll=0&limit=4&since=1&query={app="shop"}`], openServers()),
      append: async (texts) => {
        for (const text of texts) add(text.split('\n'), 'shop');
      },
      mixed: async (texts) => {
        const writers = Object.entries(texts).map(([writer, text]) => ({ writer, lines: text.split('\n') }));
        for (let at = 0; writers.some(({ lines }) => at < lines.length); at += 1)
          for (const { writer, lines } of writers) if (at < lines.length) add([lines[at]!], writer);
      },
      late: async (lines) => add(lines, 'shop', 20_000_000_000n),
      reordered: async (lines) => {
        for (const [at, line] of lines.entries()) add([line], 'shop', BigInt(at) * 10_000_000n);
      },
      deny: async (isDenied) => server.admits(isDenied ? 'Bearer other' : undefined),
      close: async () => {
        await server.close();
        expect(server.violations).toEqual([]);
      },
    };
  },
};

sourceContract(SEARCH);
// The same reader below another store.
if (IS_SLOW_LANE) sourceContract(LOKI);
