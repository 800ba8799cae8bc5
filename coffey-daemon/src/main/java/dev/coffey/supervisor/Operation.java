package dev.coffey.supervisor;

import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.spec.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      boolean worthTelling = before != view.state() && progress.size() < STEPS_MAX;
      if (outcome != Outcome.UNDER_WAY || worthTelling) {
        // Whoever has stopped it need not be told by whom it was stopped.
        String reason = view.state() == ShownState.STOPPED ? "" : view.reason();
        progress.add(new Progress(view.service().name(), view.state(), outcome, reason, now));
      }
      if (stepwise && outcome == Outcome.FAILED) {
        skipRest(view.service().name(), now);
      }
    }
    listeners.forEach(Runnable::run);
  }

  private void skipRest(ServiceName because, Instant now) {
    String reason = "not restarted, because '%s' did not come back".formatted(because);
    pending
        .keySet()
        .forEach(name ->
            progress.add(
                new Progress(
                    name,
                    shown.getOrDefault(name, ShownState.STOPPED),
                    Outcome.SKIPPED,
                    reason,
                    now)));
    pending.clear();
  }
}
