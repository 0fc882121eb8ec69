#include <climits>
#include <cstdio>
int add(int a) { return a + INT_MAX; }
int main(int c, char **) { int a[3] = {1, 2, 3}; int *p = nullptr; std::printf("%d\n", add(c)); std::printf("%d\n", a[c + 3]); std::printf("%d\n", 1 << (c + 40)); if (c > 5) std::printf("%d\n", *p); return 7 / (c - 1); }
