package com.acme.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gives the heaviest job first. */
public final class WorkQueue {
    private final List<Job> jobs = new ArrayList<>();

    public void add(Job job) {
        jobs.add(job);
        jobs.sort(Comparator.comparingInt(Job::weight).reversed());
    }

    public int size() {
        return jobs.size();
    }

    /** What to do while there is nothing to do: the job "idle". */
    public Job next() {
        return jobs.remove(0);
    }
}
