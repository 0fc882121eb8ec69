#include <string.h>
static void f(const char *s) { char b[8]; strcpy(b, s); }
int main(int c, char **v) { f("much longer than eight bytes, surely so that it smashes"); return 0; }
