// Made by `node bin/write-search.js`: the tables of `byte-tables.ts` for the shipped keywords, in base64.
export const MADE_FOR = '1213-120355311';
export const MADE_TABLES =
  'xHHSMjGU5EEwiCgACAARQAAAMwj/3O/0AAAAAADAqgBQQEYwALoQgTQ4CwANiIKBAAAgCv8e/3aCwADoAAAAAMgI35wIOViciko6qB+ISFsAABcq71/vHYAIIgAAwAAAgwA2MEJgkOCCIg4KAxtsCAYAfwfSltqnAAAAAEAB4wD0ykAa4B9LgHIgSA0EISEAAAAsFZvA9M3BYwABAAAAAD9Hzw/Hlzd3Ry8AA4MDAgoDA5sHwLPotQAgA8BAAQAA';
