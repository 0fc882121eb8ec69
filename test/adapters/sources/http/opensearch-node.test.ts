// The same reader on a real node of OpenSearch: indices of both kinds of time behind one name, ties, late documents, errors.
import { openTimeStores } from '../../../../src/adapters/sources/open-servers.ts';
import { IS_SLOW_LANE } from '../../../support/lane.ts';
import { canStart, type OpenSearchNode, startOpenSearch } from '../../../support/opensearch/node.ts';
import { createBox } from './world.ts';

const run = IS_SLOW_LANE && canStart() ? describe : describe.skip;

run('a real OpenSearch', () => {
  let node: OpenSearchNode;
  beforeAll(async () => {
    node = await startOpenSearch();
    await put('app-1', { '@timestamp': { type: 'date' }, seq: { type: 'keyword' } });
    await put('app-2', { '@timestamp': { type: 'date_nanos' }, seq: { type: 'keyword' } });
    await put('text-1', { '@timestamp': { type: 'text' } });
    await add([['text-1', 'x', { '@timestamp': 'yesterday' }]]);
    const now = Date.now() - 300_000;
    await add(
      Array.from({ length: 40 }, (_, at) => ['app-1', 'app-2'].flatMap((index) => trace(index, at, now + Math.floor(at / 4) * 7)))
        .flat()
        .toReversed(),
    );
  }, 600_000);
  afterAll(() => node?.close());

  const send = async (method: string, path: string, body: string, type = 'application/json'): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${node.port}${path}`, { method, body, headers: { 'content-type': type } });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const put = (index: string, properties: object): Promise<void> =>
    send('PUT', `/${index}`, JSON.stringify({ settings: { number_of_shards: 2, number_of_replicas: 0 }, mappings: { properties } }));
  type Document = readonly [index: string, id: string, source: object];
  const add = (documents: readonly Document[]): Promise<void> =>
    send(
      'POST',
      '/_bulk?refresh=true',
      documents.map(([_index, _id, source]) => `${JSON.stringify({ index: { _index, _id } })}\n${JSON.stringify(source)}\n`).join(''),
      'application/x-ndjson',
    );
  const trace = (index: string, number: number, time: number): readonly Document[] => {
    const name = index === 'app-1' ? 'ShopError' : 'PayError';
    const lines = [
      'Traceback (most recent call last):',
      `  File "/srv/${index}/app.py", line 12, in handle`,
      '    return total(order)',
      `${name}: no price`,
    ];
    return lines.map((message, at) => [
      index,
      `${index}-${number}-${at}`,
      {
        '@timestamp': new Date(time).toISOString(),
        message,
        host: { name: index },
        log: { offset: number * 100 + at },
        seq: `${index}-${String(number).padStart(5, '0')}-${at}`,
      },
    ]);
  };
  const box = (parameters = '', index = 'app-*') =>
    createBox((servers) => openTimeStores([`elasticsearch://127.0.0.1:${node.port}/${index}?tls=off&settle=0${parameters}`], servers));

  test.each(['', '&limit=7', '&limit=7&tie=seq'])('all count once, twice run%s', async (parameters) => {
    const own = box(parameters);
    for (let times = 0; times < 2; times += 1)
      expect(await own.live()).toMatchObject({
        incidents: ['40 PayError: no price', '40 ShopError: no price'],
        gaps: [],
        error: undefined,
      });
  });

  test('what comes late counts once', async () => {
    const own = box('', 'app-1');
    await own.live();
    await add(trace('app-1', 900, Date.now() - 20_000));
    expect((await own.live()).incidents).toEqual(['41 ShopError: no price']);
    expect((await own.live()).incidents).toEqual(['41 ShopError: no price']);
  });

  test.each([
    ['', 'text-1', 'its field @timestamp is of the type text'],
    ['&tie=nope', 'app-*', 'no document there has the field nope'],
    ['&query=a:(', 'app-*', 'Failed to parse query'],
  ])('%s on %s is an error: %s', async (parameters, index, words) => {
    expect((await box(parameters, index).live()).error).toContain(words);
  });
});
