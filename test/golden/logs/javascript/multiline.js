function check() {
  throw new Error('three problems:\n  - one\n  - two\n\nthree');
}
check();
