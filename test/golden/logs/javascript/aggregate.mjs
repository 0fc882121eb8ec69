const job = async (n) => {
  throw new RangeError(`job ${n}`);
};
await Promise.any([job(1), job(2)]);
