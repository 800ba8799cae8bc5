package dev.coffey.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything that is asked for: the daemon's own part and all services by name. The reader of
/// files has proved that every edge leads to a service and that requirements have no cycle.
///
/// @param invalid services that are left out because their file does not load, and the first
///   reason; only a daemon that has just started runs without them
/// @param groups names for several services, those that are left out among them
public record Plan(
    DaemonSpec daemon,
    SortedMap<ServiceName, ServiceSpec> services,
    SortedMap<ServiceName, Problem> invalid,
    SortedMap<String, SortedSet<ServiceName>> groups) {
  public Plan {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    invalid = Collections.unmodifiableSortedMap(new TreeMap<>(invalid));
    TreeMap<String, SortedSet<ServiceName>> named = new TreeMap<>();
    groups.forEach((group, members) ->
        named.put(group, Collections.unmodifiableSortedSet(new TreeSet<>(members))));
    groups = Collections.unmodifiableSortedMap(named);
  }

  /// A plan of which nothing is left out.
  public Plan(DaemonSpec daemon, SortedMap<ServiceName, ServiceSpec> services) {
    this(daemon, services, Collections.emptySortedMap(), Collections.emptySortedMap());
  }

  /// What is in force when a daemon that runs with another plan takes this one.
  public Plan after(Plan before) {
    return new Plan(before.daemon().reloadedAs(daemon), services, invalid, groups);
  }

  /// Whether a group of that name holds a service.
  public boolean isInGroup(String group, ServiceName service) {
    SortedSet<ServiceName> members = groups.get(group);
    return members != null && members.contains(service);
  }
}
