// Counts the lines with ERROR with Node's readline.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

let count = 0;
for await (const line of createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line.includes('ERROR')) count++;
}
process.stdout.write(`${count}\n`);
