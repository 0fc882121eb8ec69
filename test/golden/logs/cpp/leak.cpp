#include <cstdlib>
char *keep() { return (char *)malloc(40); }
int main() { keep(); keep(); return 0; }
