function f() {
  throw new Error();
}
f();
