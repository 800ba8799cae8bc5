package dev.coffey.supervisor;

import dev.coffey.fleet.Fleet;

/// The fleet after one decision.
///
/// @param revision counts decisions; a later snapshot never has a lower one
public record Snapshot(Fleet fleet, long revision) {}
