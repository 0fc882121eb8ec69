const { address } = require('./lib/address.js');

for (const target of ['example.org:443', 'example.org']) console.log(address(target));
