package dev.coffey.spec;

import java.time.Duration;
import java.util.List;

/// How a new version of a service comes in.
///
/// @param rollback what is run when a step fails
/// @param repo where the code comes from; may be empty
/// @param confirmed whether somebody must say yes before the first step
public record DeploySpec(
    List<Command> steps,
    List<Command> rollback,
    String repo,
    String branch,
    boolean confirmed,
    Duration stepTimeout) {
  public DeploySpec {
    steps = List.copyOf(steps);
    rollback = List.copyOf(rollback);
  }
}
