// A list of orders whose filters are written into an address, of which one was left empty.
import qs from 'qs';

try {
  console.log(qs.stringify({ state: [null, 'open'] }, { arrayFormat: 'comma', encodeValuesOnly: true }));
} catch (error) {
  console.error(`${new Date().toISOString()} [error] GET /orders: ${error.stack}`);
}
