const a = new Error('a');
const b = new Error('b', { cause: a });
const c = new Error('c', { cause: b });
const d = new Error('d', { cause: c });
throw d;
