export function heading(text) {
  return `== ${text.toUpperCase()} ==`;
}

export function row({ page, seconds }) {
  return `${page.padEnd(10)} ${seconds.toFixed(1)} s`;
}

export function footer(count) {
  return `${count} rows`;
}
