package dev.coffey.supervisor;

import dev.coffey.events.Events;
import dev.coffey.events.News;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.Phase;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Health;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Clearing;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells the log and the events what has happened: the one place where a transition is put into
/// words.
public final class Herald implements TransitionListener {
  private static final System.Logger LOG = System.getLogger("coffey");

  private final Events events;
  private final Clock clock;

  public Herald(Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void happened(Transition transition, Snapshot after) {
    Instant now = clock.now();
    ServiceView was = ServiceView.of(after.fleet(), transition.before());
    ServiceView is = ServiceView.of(after.fleet(), transition.after());
    if (exitedUnasked(is.service())) {
      exited(is, after);
    } else if (was.state() != is.state() || newRun(transition)) {
      moved(word(was), is, after, now);
    }
    if (transition.crashLoop()) {
      LOG.log(System.Logger.Level.WARNING, "{0}: crash loop", is.service().name());
      tell(is, after, News.of("service.crash-loop").because(is.reason()));
    }
    paused(was.service(), is, after);
    health(was, is, after);
  }

  private void paused(Service was, ServiceView is, Snapshot after) {
    if (was.paused() != is.service().paused()) {
      String word = is.service().paused() ? "paused" : "resumed";
      LOG.log(System.Logger.Level.INFO, "{0}: {1}", is.service().name(), word);
      tell(is, after, News.of("service." + word).because(is.service().paused() ? is.reason() : ""));
    }
  }

  private static boolean newRun(Transition transition) {
    return transition.after().state().process().isPresent()
        && !transition
            .before()
            .state()
            .currentRun()
            .equals(transition.after().state().currentRun());
  }

  private static boolean exitedUnasked(Service service) {
    return service.state() instanceof Clearing clearing && clearing.departure().asked() == null;
  }

  /// Where a service was, in one word; an end that nobody asked for is followed at once by what
  /// comes of it, so it is not a place of its own.
  private static String word(ServiceView view) {
    if (view.service().state() instanceof Clearing clearing && exitedUnasked(view.service())) {
      boolean wasReady = clearing.departure().readyFor().isPositive();
      return (wasReady ? ShownState.RUNNING : ShownState.STARTING).word();
    }
    return view.state().word();
  }

  private void exited(ServiceView is, Snapshot after) {
    if (is.service().state() instanceof Clearing clearing) {
      String status = clearing.departure().status().described();
      tell(is, after, News.of("service.exited").change("", "exited").because(status));
    }
  }

  private void moved(String was, ServiceView is, Snapshot after, Instant now) {
    String reason = reason(is, now);
    LOG.log(
        is.state() == ShownState.FAILED || is.state() == ShownState.STOP_FAILED
            ? System.Logger.Level.ERROR
            : System.Logger.Level.INFO,
        "{0}: {1} -> {2}{3}",
        is.service().name(),
        was,
        is.state().word(),
        reason.isEmpty() ? "" : " (" + reason + ")");
    tell(
        is,
        after,
        News.of("service." + topic(was, is.state()))
            .change(was, is.state().word())
            .because(reason));
  }

  private static String reason(ServiceView is, Instant now) {
    if (is.service().state() instanceof BackingOff backingOff && !is.service().paused()) {
      return "%s, again in %s"
          .formatted(is.reason(), seconds(Duration.between(now, backingOff.retryAt())));
    }
    @Nullable Result last = is.service().last();
    return switch (is.state()) {
      case RUNNING, RELOADING, STARTING ->
          is.service().state().process().map(run -> "pid " + run.pid()).orElse("");
      case STOPPED, COMPLETED -> last == null ? "" : last.message();
      case WAITING, STOPPING, BACKOFF, FAILED, STOP_FAILED -> is.reason();
    };
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(Math.max(0, duration.toMillis()) / 1000.0);
  }

  private static String topic(String was, ShownState state) {
    return switch (state) {
      case STOPPED -> "stopped";
      case WAITING -> "waiting";
      case STARTING -> "started";
      case RUNNING -> was.equals(ShownState.RELOADING.word()) ? "reloaded" : "ready";
      case RELOADING -> "reloading";
      case STOPPING -> "stopping";
      case BACKOFF -> "backoff";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case STOP_FAILED -> "stop-failed";
    };
  }

  private void health(ServiceView was, ServiceView is, Snapshot after) {
    Health before = was.service().health();
    Health now = is.service().health();
    if (before != now && is.state() == ShownState.RUNNING && now != Health.UNKNOWN) {
      String word = now.name().toLowerCase(Locale.ROOT);
      boolean known = before == Health.UNKNOWN || before == Health.NONE;
      if (!(known && now == Health.HEALTHY)) {
        LOG.log(
            System.Logger.Level.INFO,
            "{0}: {1}{2}",
            is.service().name(),
            word,
            is.reason().isEmpty() ? "" : " (" + is.reason() + ")");
      }
      tell(
          is,
          after,
          News.of("probe." + word)
              .change(before.name().toLowerCase(Locale.ROOT), word)
              .because(is.reason()));
    }
  }

  private void tell(ServiceView is, Snapshot after, News news) {
    events.append(
        Instant.now(),
        news.about(is.service().name(), is.service().lastRun()).at(after.revision()));
  }

  @Override
  public void phaseChanged(Snapshot after) {
    Fleet fleet = after.fleet();
    String phase = fleet.phase().name().toLowerCase(Locale.ROOT);
    boolean hurried = fleet.phase() == Phase.STOPPING && fleet.hurried();
    String how = hurried ? "without grace: what is left is killed" : "";
    LOG.log(System.Logger.Level.INFO, "daemon is {0}{1}", phase, how.isEmpty() ? "" : ", " + how);
    events.append(
        Instant.now(), News.of("daemon.phase").change("", phase).because(how).at(after.revision()));
  }
}
