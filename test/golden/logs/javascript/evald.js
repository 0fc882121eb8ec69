eval('function g() { throw new Error("in eval") }; g()');
