package dev.coffey.usage;

import java.time.Duration;

/// The bare numbers of a run at one look.
///
/// @param startTicks of the main process, so that numbers never pass to a later one of its pid
/// @param ageSeconds since the main process began
record Sample(
    int pid,
    long startTicks,
    double ageSeconds,
    Duration cpu,
    long memoryBytes,
    int tasks,
    int descriptors) {
  boolean continues(Sample earlier) {
    return pid == earlier.pid && startTicks == earlier.startTicks;
  }
}
