package dev.coffey.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that is asked for: the daemon's own part and all services by name. The reader of
/// files has proved that every edge leads to a service and that requirements have no cycle.
///
/// @param invalid services that are left out because their file does not load, and the first
///   reason; only a daemon that has just started runs without them
public record Plan(
    DaemonSpec daemon,
    SortedMap<ServiceName, ServiceSpec> services,
    SortedMap<ServiceName, Problem> invalid) {
  public Plan {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    invalid = Collections.unmodifiableSortedMap(new TreeMap<>(invalid));
  }

  /// A plan of which nothing is left out.
  public Plan(DaemonSpec daemon, SortedMap<ServiceName, ServiceSpec> services) {
    this(daemon, services, Collections.emptySortedMap());
  }
}
