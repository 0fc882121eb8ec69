const http = require('node:http');
const a = http.createServer().listen(0, '127.0.0.1', () => http.createServer().listen(a.address().port, '127.0.0.1'));
