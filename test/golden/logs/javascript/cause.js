class OrderError extends Error {
  name = 'OrderError';
}

function read(row) {
  try {
    return JSON.parse(row);
  } catch (error) {
    throw new OrderError('row 7 is damaged', { cause: error });
  }
}

async function main() {
  try {
    read('{"id": 7,');
  } catch (error) {
    console.error(new Date(Date.UTC(2026, 0, 2)).toISOString(), 'ERROR import failed', error);
  }
  console.log(new Date(Date.UTC(2026, 0, 2)).toISOString(), 'INFO going on');
  await Promise.reject(new AggregateError([new Error('first'), new TypeError('second')], 'two failed'));
}

main();
