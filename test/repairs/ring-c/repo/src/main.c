#include "ring.h"

#include <stdio.h>

int main(void)
{
    struct ring ring;
    ring_open(&ring, 3);
    for (int number = 1; number <= 4; number += 1)
        ring_push(&ring, number);
    printf("INFO sum %d\n", ring_sum(&ring));
    ring_close(&ring);
    return 0;
}
