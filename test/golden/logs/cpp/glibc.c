#include <stdlib.h>
#include <string.h>
int main(int c, char **v) { char *p = malloc(8); memset(p, 1, 24 + c); free(p); char *q = malloc(8); (void)q; free(p); free(p); return 0; }
