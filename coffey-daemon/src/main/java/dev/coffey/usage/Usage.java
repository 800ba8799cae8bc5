package dev.coffey.usage;

import dev.coffey.lifecycle.RunId;
import java.time.Duration;
import java.time.Instant;

/// What one run used when it was last looked at.
///
/// @param cpuTotal since the run began
/// @param cpuPercent of one processor, since the look before; over the whole run at the first look
/// @param memoryBytes resident, or what the control group charges
public record Usage(
    RunId run,
    Instant at,
    Duration cpuTotal,
    double cpuPercent,
    long memoryBytes,
    int tasks,
    int descriptors) {}
