package dev.coffey.spec;

import dev.coffey.spec.Dependency.Reaction;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What leads from one plan to another: who comes, who goes, who changes in what, and who else
/// moves because of that.
///
/// @param daemon the changed keys of the daemon's own part
public record PlanDiff(
    SortedSet<ServiceName> added,
    SortedSet<ServiceName> removed,
    SortedMap<ServiceName, Change> changed,
    SortedSet<ServiceName> unchanged,
    SortedMap<ServiceName, Moved> moved,
    SortedMap<String, Effect> daemon) {
  /// What a change takes.
  public enum Effect {
    /// Nothing more.
    LIVE,
    /// This service is restarted.
    RESTART,
    /// Only the daemon's next start brings it.
    DAEMON
  }

  /// The keys in which a service differs, each with what it takes.
  public record Change(SortedMap<String, Effect> keys) {
    public Change {
      keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    /// What the whole change takes.
    public Effect effect() {
      return keys.containsValue(Effect.RESTART) ? Effect.RESTART : Effect.LIVE;
    }
  }

  /// A service that has not changed, but moves with another.
  ///
  /// @param because the one it moves with
  public record Moved(Reaction how, ServiceName because) {}

  public PlanDiff {
    added = Collections.unmodifiableSortedSet(new TreeSet<>(added));
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    changed = Collections.unmodifiableSortedMap(new TreeMap<>(changed));
    unchanged = Collections.unmodifiableSortedSet(new TreeSet<>(unchanged));
    moved = Collections.unmodifiableSortedMap(new TreeMap<>(moved));
    daemon = Collections.unmodifiableSortedMap(new TreeMap<>(daemon));
  }

  /// The difference of two plans.
  public static PlanDiff between(Plan before, Plan after) {
    SortedSet<ServiceName> added = new TreeSet<>(after.services().keySet());
    added.removeAll(before.services().keySet());
    SortedSet<ServiceName> removed = new TreeSet<>(before.services().keySet());
    removed.removeAll(after.services().keySet());
    SortedMap<ServiceName, Change> changed = new TreeMap<>();
    SortedSet<ServiceName> unchanged = new TreeSet<>();
    after
        .services()
        .forEach((name, spec) -> {
          ServiceSpec old = before.services().get(name);
          if (old != null && old.equals(spec)) {
            unchanged.add(name);
          } else if (old != null) {
            changed.put(name, change(old, spec));
          }
        });
    return new PlanDiff(
        added,
        removed,
        changed,
        unchanged,
        moved(after, changed),
        daemon(before.daemon(), after.daemon()));
  }

  /// The keys of the daemon's own part in which two differ.
  public static SortedMap<String, Effect> daemon(DaemonSpec before, DaemonSpec after) {
    SortedMap<String, Effect> keys = new TreeMap<>();
    collect(SpecKeys.daemon(before), SpecKeys.daemon(after), Effect.DAEMON, keys);
    collect(SpecKeys.daemonLive(before), SpecKeys.daemonLive(after), Effect.LIVE, keys);
    return keys;
  }

  /// Whether there is any difference.
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && daemon.isEmpty();
  }

  private static Change change(ServiceSpec before, ServiceSpec after) {
    SortedMap<String, Effect> keys = new TreeMap<>();
    collect(SpecKeys.seen(before), SpecKeys.seen(after), Effect.RESTART, keys);
    collect(SpecKeys.live(before), SpecKeys.live(after), Effect.LIVE, keys);
    return new Change(keys);
  }

  private static void collect(
      Map<String, Object> before,
      Map<String, Object> after,
      Effect effect,
      Map<String, Effect> keys) {
    SortedSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    for (String key : all) {
      if (!Objects.equals(before.get(key), after.get(key))) {
        keys.put(key, effect);
      }
    }
  }

  private static SortedMap<ServiceName, Moved> moved(
      Plan after, SortedMap<ServiceName, Change> changed) {
    Map<ServiceName, SortedMap<ServiceName, Dependency>> dependents = dependents(after);
    SortedMap<ServiceName, Moved> moved = new TreeMap<>();
    Deque<ServiceName> open = new ArrayDeque<>();
    changed.forEach((name, change) -> {
      if (change.effect() == Effect.RESTART) {
        open.add(name);
      }
    });
    SortedSet<ServiceName> restarting = new TreeSet<>(open);
    while (!open.isEmpty()) {
      ServiceName because = open.remove();
      boolean stops = moved.containsKey(because) && moved.get(because).how() == Reaction.STOP;
      dependents
          .getOrDefault(because, Collections.emptySortedMap())
          .forEach((name, edge) -> {
            Reaction how = stops ? edge.reactions().stop() : edge.reactions().restart();
            if (how != Reaction.IGNORE && restarting.add(name)) {
              moved.put(name, new Moved(how, because));
              open.add(name);
            }
          });
    }
    return moved;
  }

  private static Map<ServiceName, SortedMap<ServiceName, Dependency>> dependents(Plan plan) {
    Map<ServiceName, SortedMap<ServiceName, Dependency>> dependents = new TreeMap<>();
    plan.services()
        .forEach((name, spec) ->
            spec.relations()
                .dependsOn()
                .forEach(edge ->
                    dependents.computeIfAbsent(edge.on(), _ -> new TreeMap<>()).put(name, edge)));
    return dependents;
  }
}
