package dev.coffey.lifecycle;

import java.util.List;

/// What one event makes of a service: the service after it, and what has to be done.
///
/// @param crashLoop whether this is the end that makes it a crash loop
/// @param fatal whether the daemon shall end with it
public record Step(Service service, List<Effect> effects, boolean crashLoop, boolean fatal) {
  public Step {
    effects = List.copyOf(effects);
  }

  static Step to(Service service, Effect... effects) {
    return to(service, List.of(effects));
  }

  static Step to(Service service, List<Effect> effects) {
    return new Step(service, effects, false, false);
  }
}
