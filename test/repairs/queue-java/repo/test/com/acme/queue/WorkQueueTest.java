package com.acme.queue;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class WorkQueueTest {
    @Test
    public void theHeaviestJobComesFirst() {
        WorkQueue queue = new WorkQueue();
        queue.add(new Job("mail", 1));
        queue.add(new Job("reindex", 5));
        assertEquals("reindex", queue.next().name());
        assertEquals(1, queue.size());
    }
}
