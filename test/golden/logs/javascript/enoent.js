const fs = require('node:fs');
fs.createReadStream('/srv/shop/none.txt');
