package dev.coffey.health;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;

/// The run that a probe looks at.
///
/// @param exec how it was started: a probe's command runs in the same way
public record Target(RunId run, ServiceName service, ExecSpec exec) {}
