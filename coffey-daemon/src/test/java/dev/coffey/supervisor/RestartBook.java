package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Departure;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.StopFailed;
import dev.coffey.spec.Backoff;
import dev.coffey.spec.GiveUp;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps its own account of every service's ends, and compares what the core makes of each.
final class RestartBook {
  private final Map<ServiceName, Page> pages = new HashMap<>();

  private static final class Page {
    int attempt;
    final List<Instant> ends = new ArrayList<>();
    @Nullable Instant readyAt;
    Duration readyFor = Duration.ZERO;
  }

  /// How an end counts.
  private enum End {
    SUCCESS,
    FAILURE,
    PERMANENT
  }

  void forget(ServiceName service) {
    pages.remove(service);
  }

  /// @param commanded whether a command was heard, which alone may forgive
  void happened(Transition transition, Instant now, boolean commanded) {
    Service was = transition.before();
    Service is = transition.after();
    Page page = pages.computeIfAbsent(is.name(), _ -> new Page());
    if (commanded && is.restarts().attempt() == 0) {
      page.attempt = 0;
      page.ends.clear();
    }
    readiness(page, was, is, now);
    @Nullable End end = end(was, is);
    boolean overtaken = commanded && is.restarts().attempt() == 0;
    if (end != null && !overtaken) {
      weigh(page, end, transition, now);
    } else {
      // An end that somebody's turn to be restarted follows at once is not weighed any more.
      require(
          is.restarts().attempt() == page.attempt,
          "ends in a row change only by an end or a command",
          is.restarts(),
          is.name());
    }
    if (is.state() instanceof Launching) {
      page.readyFor = Duration.ZERO;
    }
  }

  private static void readiness(Page page, Service was, Service is, Instant now) {
    boolean wasReady = Reference.ready(was);
    boolean isReady = Reference.ready(is);
    if (isReady && !wasReady) {
      page.readyAt = now;
    } else if (wasReady && !isReady && page.readyAt != null) {
      page.readyFor = Duration.between(page.readyAt, now);
    }
  }

  /// How the end that has just been settled counts, or `null` when there was none that does.
  private static @Nullable End end(Service was, Service is) {
    if (was.state() instanceof Clearing(_, Departure departure, _, _)
        && !(is.state() instanceof Clearing)
        && !(is.state() instanceof StopFailed)) {
      return switch (departure.asked()) {
        case UNWANTED, RESTART, DEPENDENCY -> null;
        case PROBE, START_TIMEOUT, RUNTIME_MAX -> was.wish().up() ? End.FAILURE : null;
        case null -> end(was.spec().restart(), departure.status());
      };
    }
    boolean noProcess =
        was.state() instanceof Launching(_, _, var stop)
            && stop == null
            && was.wish().up()
            && !is.state().currentRun().equals(was.state().currentRun());
    @Nullable Result last = is.last();
    return noProcess && last != null && last.kind() != Result.Kind.RESOURCES ? End.FAILURE : null;
  }

  private static End end(RestartSpec spec, ExitStatus status) {
    if (status instanceof ExitStatus.Exited(int code)) {
      String text = Integer.toString(code);
      if (spec.permanentFailureCodes().contains(text)) {
        return End.PERMANENT;
      }
      return spec.successCodes().contains(text) ? End.SUCCESS : End.FAILURE;
    }
    return End.FAILURE;
  }

  private static void weigh(Page page, End end, Transition transition, Instant now) {
    Service is = transition.after();
    RestartSpec spec = is.spec().restart();
    boolean oneshot = is.spec().start().kind() == StartSpec.Kind.ONESHOT;
    if (end == End.SUCCESS && (oneshot || spec.policy() != RestartPolicy.ALWAYS)) {
      require(
          is.state() instanceof Completed || goesOn(transition),
          "who is done is completed",
          is.state(),
          is.name());
      return;
    }
    page.attempt = stable(page, spec.backoff()) ? 1 : page.attempt + 1;
    require(
        is.restarts().attempt() == page.attempt,
        "only a stable run forgets earlier ends",
        is.restarts() + " instead of " + page.attempt,
        is.name());
    boolean loops = within(page, Duration.ofSeconds(60), now) == 4;
    page.ends.add(now);
    require(transition.crashLoop() == loops, "a crash loop is said once", loops, is.name());
    if (!goesOn(transition)) {
      compare(page, end, is, now);
    }
  }

  /// Its schedule has asked for another run while this one was under way.
  private static boolean goesOn(Transition transition) {
    return transition.before().agenda().due()
        && !(transition.after().state() instanceof BackingOff);
  }

  private static boolean stable(Page page, Backoff backoff) {
    if (page.attempt == 0 || page.readyFor.isZero()) {
      return false;
    }
    Duration delay = plain(backoff, page.attempt);
    Duration least = delay.compareTo(backoff.resetAfter()) > 0 ? delay : backoff.resetAfter();
    return page.readyFor.compareTo(least) >= 0;
  }

  private static Duration plain(Backoff backoff, int attempt) {
    double millis =
        (double) backoff.initial().toMillis() * Math.pow(backoff.multiplier(), attempt - 1.0);
    return Duration.ofNanos(Math.round(Math.min(millis, (double) backoff.max().toMillis()) * 1e6));
  }

  private static long within(Page page, Duration window, Instant now) {
    return page.ends.stream().filter(end -> end.isAfter(now.minus(window))).count();
  }

  private static void compare(Page page, End end, Service is, Instant now) {
    RestartSpec spec = is.spec().restart();
    @Nullable GiveUp giveUp = spec.giveUp();
    int attemptsMax = spec.backoff().attemptsMax();
    boolean never =
        spec.policy() == RestartPolicy.NO
            || end == End.PERMANENT
            || (attemptsMax > 0 && page.attempt > attemptsMax)
            || (giveUp != null && within(page, giveUp.within(), now) > giveUp.restarts());
    if (is.state() instanceof BackingOff backingOff) {
      require(!never, "who has reached a limit is not tried again", is.state(), is.name());
      double share =
          (double) Duration.between(now, backingOff.retryAt()).toNanos()
              / plain(spec.backoff(), page.attempt).toNanos();
      require(
          Math.abs(share - 1) < spec.backoff().jitter() + 0.001,
          "a gap of the back-off lies within its schedule",
          "the %d. is %s of it".formatted(page.attempt, share),
          is.name());
    } else {
      require(
          never ? is.state() instanceof Failed : is.state() instanceof Down,
          "an end is weighed by policy, limits and status",
          is.state(),
          is.name());
    }
  }
}
