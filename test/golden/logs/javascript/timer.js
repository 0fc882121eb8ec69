setTimeout(function tick() {
  undefinedFunction();
}, 1);
