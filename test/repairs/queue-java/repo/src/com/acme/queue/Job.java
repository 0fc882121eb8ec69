package com.acme.queue;

public record Job(String name, int weight) {
}
