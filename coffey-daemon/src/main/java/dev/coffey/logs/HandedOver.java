package dev.coffey.logs;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ServiceName;

/// Our ends of a living run's pipes, for the program that goes on in our place; [RunOutput#NULL]
/// for a stream that is not kept or was closed.
public record HandedOver(ServiceName service, RunId run, int stdout, int stderr) {}
