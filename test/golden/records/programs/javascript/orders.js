class OrderError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'OrderError';
  }
}

function total(order) {
  return order.lines.reduce((sum, line) => sum + line.price, 0); // HERE total
}

function load(number) {
  try {
    return total({ number });
  } catch (error) {
    throw new OrderError(`order ${number} cannot be summed`, { cause: error }); // HERE load
  }
}

async function save(order) {
  await null;
  throw new RangeError('order 17 is too long'); // HERE save
}

module.exports = { total, load, save };
