#ifndef RING_H
#define RING_H

#include <stddef.h>

/* The newest numbers, oldest first. */
struct ring {
    int *slots;
    size_t room;
    size_t next;
    size_t held;
};

void ring_open(struct ring *ring, size_t room);
void ring_push(struct ring *ring, int number);
int ring_sum(const struct ring *ring);
void ring_close(struct ring *ring);

#endif
