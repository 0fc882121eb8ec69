// An upload that is looked at before it is kept.
const isBase64 = require('validator/lib/isBase64').default;

const upload = Buffer.alloc(8_000_000).toString('base64');
try {
  console.log(isBase64(upload));
} catch (error) {
  console.error(`${new Date().toISOString()} [error] upload 9 was not kept: ${error.stack}`);
}
