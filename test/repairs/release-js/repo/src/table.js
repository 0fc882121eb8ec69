// Kept with CRLF line ends: it is edited on Windows too.
export function table(rows, columns) {
  return rows.map((row) => columns.map((column) => cell(row[column])).join(' | ')).join('\n');
}

function cell(value) {
  return value.toString().padEnd(6);
}
