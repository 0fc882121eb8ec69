function work() {
  throw new TypeError('bad price');
}
const at = '2026-01-02T03:04:05.678Z';
console.log(`${at} INFO started`);
try {
  work();
} catch (error) {
  console.error(`${at} ERROR order 7 failed: ${error.stack}`);
}
console.log(`${at} INFO next`);
try {
  work();
} catch (error) {
  console.error(`${at} ERROR order 8 failed`, error);
}
console.log(`${at} INFO done`);
