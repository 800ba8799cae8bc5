package dev.coffey.fleet;

import dev.coffey.lifecycle.Effect;
import dev.coffey.spec.ServiceName;

/// An effect and the service it is for.
public record Order(ServiceName service, Effect effect) {}
