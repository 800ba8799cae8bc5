package dev.coffey.spec;

import java.time.Duration;
import java.util.List;

/// Which files restart a service when they change.
///
/// @param shared directories that several services look at
/// @param debounce the quiet time before it acts
public record WatchSpec(
    List<String> include, List<String> ignore, List<String> shared, Duration debounce) {
  public WatchSpec {
    include = List.copyOf(include);
    ignore = List.copyOf(ignore);
    shared = List.copyOf(shared);
  }
}
