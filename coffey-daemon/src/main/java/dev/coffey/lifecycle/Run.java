package dev.coffey.lifecycle;

import java.time.Instant;

/// A launch that has a process.
public record Run(RunId id, int pid, Instant launchedAt) {}
