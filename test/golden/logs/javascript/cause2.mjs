class DatabaseError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'DatabaseError';
    this.code = 'ECONN';
    this.details = { host: 'db', tries: [1, 2, 3] };
  }
}
const read = async () => {
  try {
    JSON.parse('{');
  } catch (cause) {
    throw new DatabaseError('cannot read order 7', { cause });
  }
};
await read();
