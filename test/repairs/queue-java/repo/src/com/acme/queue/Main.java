package com.acme.queue;

public final class Main {
    public static void main(String[] args) {
        WorkQueue queue = new WorkQueue();
        queue.add(new Job("reindex", 2));
        System.out.println("INFO next: " + queue.next().name());
        System.out.println("INFO next: " + queue.next().name());
    }
}
