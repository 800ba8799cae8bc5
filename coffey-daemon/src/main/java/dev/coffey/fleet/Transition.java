package dev.coffey.fleet;

import dev.coffey.lifecycle.Service;

/// A service that a decision has changed.
///
/// @param crashLoop whether its end was the one that makes it a crash loop
public record Transition(Service before, Service after, boolean crashLoop) {}
