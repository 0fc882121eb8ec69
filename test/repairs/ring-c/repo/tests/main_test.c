#include "ring.h"

#include <assert.h>
#include <stdio.h>

void more(void) __attribute__((weak));

static void holds_what_was_pushed(void)
{
    struct ring ring;
    ring_open(&ring, 3);
    ring_push(&ring, 2);
    ring_push(&ring, 5);
    assert(ring_sum(&ring) == 7);
    ring_close(&ring);
}

int main(void)
{
    holds_what_was_pushed();
    if (more)
        more();
    puts("ok");
    return 0;
}
