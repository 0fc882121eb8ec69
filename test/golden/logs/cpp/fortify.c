#include <string.h>
#include <stdlib.h>
#include <stdio.h>
int main(int c, char **v) { char b[8]; memcpy(b, "0123456789012345678901234567890", 8 + c * 20); puts(b); return 0; }
