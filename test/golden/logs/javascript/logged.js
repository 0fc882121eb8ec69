function work() {
  throw new TypeError('bad price', { cause: new Error('row 3') });
}
console.log('started');
try {
  work();
} catch (error) {
  console.error('order failed:', error);
}
console.log('next');
try {
  work();
} catch (error) {
  console.error(error);
}
console.error(new Error('with fields', { cause: 'text only' }));
console.log('done');
