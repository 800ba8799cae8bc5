package dev.coffey.supervisor;

import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Stopping;
import dev.coffey.spec.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A command on its way: what it wants of each service, and what has happened so far. Readers come
/// with a cursor and may be as slow as they like.
public final class Operation {
  /// How many intermediate steps are kept; outcomes always are.
  static final int STEPS_MAX = 10_000;

  private final long id;
  private final String verb;
  private final Instant begunAt;
  private final Map<ServiceName, Goal> pending = new LinkedHashMap<>();
  private final Map<ServiceName, ShownState> shown = new HashMap<>();
  private final List<Progress> progress = new ArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Set<ServiceName> withdrawn = new HashSet<>();
  private final Set<ServiceName> killed = new HashSet<>();
  private final boolean stepwise;
  private boolean failed;

  /// One step of one service.
  ///
  /// @param outcome whether this is the service's last step, and how it went
  public record Progress(
      ServiceName service, ShownState state, Outcome outcome, String reason, Instant at) {}

  /// How it goes.
  public enum Outcome {
    UNDER_WAY,
    DONE,
    FAILED,
    /// Left alone because another one before it has failed.
    SKIPPED
  }

  /// @param stepwise whether the first failure ends it for all whose turn has not come
  Operation(long id, String verb, Map<ServiceName, Goal> goals, boolean stepwise, Instant begunAt) {
    this.id = id;
    this.verb = verb;
    this.stepwise = stepwise;
    this.begunAt = begunAt;
    pending.putAll(goals);
    goals.forEach((name, goal) -> {
      if (goal instanceof Goal.Stopped(boolean was) && was) {
        withdrawn.add(name);
      }
    });
  }

  /// Whether a service was up when this began, or would have come up by itself, and is not to be.
  public boolean withdraws(ServiceName service) {
    return withdrawn.contains(service);
  }

  /// Its number, unique while the daemon lives.
  public long id() {
    return id;
  }

  /// `start`, `stop`, `restart`, `kill`, `reload`.
  public String verb() {
    return verb;
  }

  /// When it was accepted.
  public Instant begunAt() {
    return begunAt;
  }

  /// How it goes as a whole.
  public synchronized Outcome outcome() {
    if (!pending.isEmpty()) {
      return Outcome.UNDER_WAY;
    }
    return failed ? Outcome.FAILED : Outcome.DONE;
  }

  /// The steps from this one on, counted from 0.
  public synchronized List<Progress> progress(int from) {
    return List.copyOf(progress.subList(Math.min(from, progress.size()), progress.size()));
  }

  /// Has a listener called, from any thread, whenever there is more to read.
  public Subscription watch(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  synchronized boolean waitsFor(ServiceName service) {
    return pending.containsKey(service);
  }

  /// Looks at a service that has changed, or at the start.
  void observe(ServiceView view, Instant now) {
    synchronized (this) {
      Goal goal = pending.get(view.service().name());
      if (goal == null) {
        return;
      }
      Outcome outcome =
          switch (goal.verdict(view)) {
            case PENDING -> Outcome.UNDER_WAY;
            case REACHED -> Outcome.DONE;
            case MISSED -> Outcome.FAILED;
          };
      if (outcome != Outcome.UNDER_WAY) {
        pending.remove(view.service().name());
        failed |= outcome == Outcome.FAILED;
      }
      ShownState before = shown.put(view.service().name(), view.state());
      boolean force = isKilled(view.service().state()) && killed.add(view.service().name());
      boolean worthTelling = (before != view.state() || force) && progress.size() < STEPS_MAX;
      if (outcome != Outcome.UNDER_WAY || worthTelling) {
        progress.add(new Progress(view.service().name(), view.state(), outcome, reason(view), now));
      }
      if (stepwise && outcome == Outcome.FAILED) {
        skipRest(view.service().name(), now);
      }
    }
    listeners.forEach(Runnable::run);
  }

  private static boolean isKilled(ServiceState state) {
    return (state instanceof Stopping stopping && stopping.killed())
        || (state instanceof Clearing clearing && clearing.killed());
  }

  /// Whoever has stopped it need not be told by whom it was stopped, but that it took force.
  private String reason(ServiceView view) {
    if (view.state() != ShownState.STOPPED) {
      return view.reason();
    }
    return killed.contains(view.service().name()) ? "killed" : "";
  }

  private void skipRest(ServiceName because, Instant now) {
    String reason = "not restarted, because '%s' did not come back".formatted(because);
    List.copyOf(pending.keySet()).forEach(name -> skip(name, reason, now));
  }

  private void skip(ServiceName name, String reason, Instant now) {
    ShownState state = shown.getOrDefault(name, ShownState.STOPPED);
    progress.add(new Progress(name, state, Outcome.SKIPPED, reason, now));
    pending.remove(name);
  }

  /// Whether its turns are given by a rolling restart.
  boolean stepwise() {
    return stepwise;
  }

  /// The rolling restart is over: whose turn has not come by now will not have one.
  void rolledOut(Fleet fleet, Instant now) {
    synchronized (this) {
      for (ServiceName name : List.copyOf(pending.keySet())) {
        boolean old =
            pending.get(name) instanceof Goal.Up(RunId after)
                && after != null
                && fleet.service(name).filter(it -> after.equals(it.lastRun())).isPresent();
        if (old) {
          failed = true;
          skip(name, "not restarted, because another one did not come back", now);
        }
      }
    }
    listeners.forEach(Runnable::run);
  }
}
