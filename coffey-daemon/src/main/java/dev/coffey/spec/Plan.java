package dev.coffey.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that is asked for: the daemon's own part and all services by name. The reader of
/// files has proved that every edge leads to a service and that requirements have no cycle.
public record Plan(DaemonSpec daemon, SortedMap<ServiceName, ServiceSpec> services) {
  public Plan {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
  }
}
