package dev.coffey.health;

import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.Check;
import dev.coffey.spec.ProbeSpec;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BiFunction;

/// Looks at services, each time on a virtual thread of its own that ends at the probe's timeout.
///
/// The timeouts are kept by one platform thread: a name server or a file system that hangs may hold
/// the carriers of all virtual threads, and even then every probe gets its answer in time.
public final class Prober implements AutoCloseable {
  /// How many probes may be under way at one time, over all services.
  static final int IN_FLIGHT_MAX = 16_384;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final ProbeListener listener;
  private final BiFunction<Target, Check, Look> looks;
  private final ScheduledThreadPoolExecutor deadlines;
  private final ConcurrentHashMap<Key, Flight> flights = new ConcurrentHashMap<>();

  private record Key(RunId run, ProbeKind kind) {}

  public Prober(ProbeListener listener, ProbeCommands commands) {
    this(listener, (target, check) -> Look.of(target, check, commands));
  }

  Prober(ProbeListener listener, BiFunction<Target, Check, Look> looks) {
    this.listener = listener;
    this.looks = looks;
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("probe-deadlines").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /// Looks once, in the background. While an earlier probe of the same run and kind is under way,
  /// that one's answer serves for both.
  public void probe(Target target, ProbeKind kind, ProbeSpec spec) {
    RunId run = target.run();
    Key key = new Key(run, kind);
    Flight earlier = flights.get(key);
    if (earlier != null) {
      if (earlier.overdue()) {
        refuse(key, "cannot probe: the probe before this one hangs and cannot be ended");
      }
      return;
    }
    if (flights.size() >= IN_FLIGHT_MAX) {
      refuse(key, "cannot probe: %d probes are under way".formatted(IN_FLIGHT_MAX));
      return;
    }
    Flight flight =
        new Flight(
            looks.apply(target, spec.check()),
            spec.timeout(),
            deadlines,
            outcome -> listener.probed(run, kind, outcome));
    if (flights.putIfAbsent(key, flight) == null) {
      flight.start("probe " + target.service(), () -> flights.remove(key, flight));
    }
  }

  /// Ends the run's probes; nothing more is heard of them.
  public void cancel(RunId run) {
    for (ProbeKind kind : ProbeKind.values()) {
      Flight flight = flights.get(new Key(run, kind));
      if (flight != null) {
        flight.cancel();
      }
    }
  }

  /// Ends all probes, and waits a little for what they had started to be gone.
  @Override
  public void close() {
    flights.values().forEach(Flight::cancel);
    deadlines.shutdownNow();
    long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    for (Flight flight : flights.values()) {
      flight.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  private void refuse(Key key, String why) {
    listener.probed(key.run(), key.kind(), new ProbeOutcome(false, why, Duration.ZERO));
  }
}
