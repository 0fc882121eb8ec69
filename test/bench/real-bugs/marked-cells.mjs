// A wiki that shows its pages; this one has a table and a line of a no-break space below it.
import { marked } from 'marked';

const page = ['| abc | def |', '|-----|-----|', '| bar | foo |', '\u00a0', 'text'].join('\n');
try {
  console.log(marked.parse(page));
} catch (error) {
  console.error(new Date().toISOString(), '[wiki] ERROR page 4 was not shown', error);
}
