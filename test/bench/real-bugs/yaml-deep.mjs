// A form into which people paste their settings.
import { parseDocument } from 'yaml';

const depth = 5000;
try {
  console.log(parseDocument(`${'['.repeat(depth)}1${']'.repeat(depth)}`).errors);
} catch (error) {
  console.error(`${new Date().toISOString()} ERROR settings were not read\n${error.stack}`);
}
