exports.address = (target) => {
  const [, host, port] = /^([^:]+):(\d+)$/.exec(target);
  return { host, port: Number(port) };
};
