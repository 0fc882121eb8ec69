#include "ring.h"

#include <stdlib.h>

void ring_open(struct ring *ring, size_t room)
{
    ring->slots = calloc(room, sizeof *ring->slots);
    ring->room = room;
    ring->next = 0;
    ring->held = 0;
}

void ring_push(struct ring *ring, int number)
{
    ring->slots[ring->next] = number;
    ring->next += 1;
    if (ring->held < ring->room)
        ring->held += 1;
}

int ring_sum(const struct ring *ring)
{
    int sum = 0;
    for (size_t i = 0; i < ring->held; i += 1)
        sum += ring->slots[i];
    return sum;
}

void ring_close(struct ring *ring)
{
    free(ring->slots);
    ring->slots = NULL;
}
