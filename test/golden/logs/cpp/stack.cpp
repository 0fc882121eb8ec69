int sum(int n) { int a[4] = {0}; for (int i = 0; i <= n; i++) a[i] += i; return a[0]; }
int main(int c, char **) { return sum(3 + c); }
