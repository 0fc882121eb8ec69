#include <cstdio>
int main(int c, char **) { int a[2]; if (c > 5) a[0] = 1; if (a[0] > 3) std::printf("x\n"); return 0; }
