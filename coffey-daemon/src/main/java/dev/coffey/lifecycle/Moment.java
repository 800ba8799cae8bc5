package dev.coffey.lifecycle;

import java.time.Instant;

/// When an event is decided, and the piece of luck it may use.
///
/// @param chance from -1 to 1
public record Moment(Instant now, double chance) {}
