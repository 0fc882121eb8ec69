import { noticesOf, thirdPartyText } from '../../bin/licenses.ts';

test('each bundled package once, with its licence; Node, which is shipped without being bundled; nothing of our own', () => {
  const inputs = [
    'src/main.ts',
    'node_modules/commander/index.js',
    'node_modules/commander/lib/command.js',
    'node_modules/@octokit/rest/dist-src/index.js',
  ];
  const text = thirdPartyText(noticesOf(process.cwd(), inputs, ['node_modules/jest']));
  expect([...text.matchAll(/^=+\n(\S+) \d[\d.]*: (\S+)$/gm)].map(([, name, license]) => `${name} ${license}`)).toEqual([
    '@octokit/rest MIT',
    'commander MIT',
    'jest MIT',
  ]);
  expect(text.match(/Permission is hereby granted, free of charge/g)).toHaveLength(3);
});
