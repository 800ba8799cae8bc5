package dev.coffey.lifecycle;

import java.time.Duration;

/// What one probe saw.
///
/// @param detail for people: the status line, the refusal, the end of the output
public record ProbeOutcome(boolean good, String detail, Duration latency) {}
