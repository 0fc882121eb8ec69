// Counts the lines with ERROR with npm's tail, from the beginning. It does not say when it is done: the number of lines does.
import { Tail } from 'tail';

const [, , file, lines] = process.argv;
let left = Number(lines);
let count = 0;
const tail = new Tail(file, { fromBeginning: true });
tail.on('line', (line) => {
  if (line.includes('ERROR')) count++;
  if (--left > 0) return;
  tail.unwatch();
  process.stdout.write(`${count}\n`);
});
