// A guest book that cleans what people write.
const sanitizeHtml = require('sanitize-html');

try {
  console.log(sanitizeHtml('Hello <__proto__>world'));
} catch (error) {
  console.error(`${new Date().toISOString()} [error] entry 17 was not saved: ${error.stack}`);
}
