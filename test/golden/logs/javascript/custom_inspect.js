class ApiError extends Error {
  constructor(status, body) {
    super(`request failed with status ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}
function call() {
  throw new ApiError(502, { errors: [{ code: 'E1', text: 'upstream\nis away' }], nested: { a: { b: { c: 1 } } } });
}
call();
