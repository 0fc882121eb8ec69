function f() {
  console.trace('who calls');
}
f();
