import { heading, row } from './report.js';

console.log(heading('Visits'));
for (const visit of [{ page: '/', seconds: 12 }, { page: '/about' }]) console.log(row(visit));
