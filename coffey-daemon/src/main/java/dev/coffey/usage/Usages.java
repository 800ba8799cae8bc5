package dev.coffey.usage;

import dev.coffey.lifecycle.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The last usage of every run. One caller samples, at the pace told by [#pace]; anybody reads.
public final class Usages {
  private static final Duration WATCHED_PACE = Duration.ofSeconds(2);
  private static final Duration UNWATCHED_PACE = Duration.ofSeconds(15);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Clock clock;
  private final Proc proc;
  private final AtomicInteger watchers = new AtomicInteger();
  private final Map<RunId, Sample> samples = new HashMap<>();
  private volatile Map<RunId, Usage> latest = Map.of();

  public Usages(Clock clock) {
    this(clock, Proc.ofThisMachine());
  }

  Usages(Clock clock, Proc proc) {
    this.clock = clock;
    this.proc = proc;
  }

  /// Looks at all runs that have a process; what is known of others is forgotten.
  ///
  /// @param mains the number of each run's main process
  public synchronized void sample(Map<RunId, Integer> mains) {
    Trees trees = new Trees(proc);
    Instant now = clock.instant();
    Map<RunId, Usage> usages = new HashMap<>();
    samples.keySet().retainAll(mains.keySet());
    mains.forEach((run, pid) ->
        trees
            .sample(run, pid)
            .ifPresent(sample -> {
              Optional<Sample> before =
                  Optional.ofNullable(samples.put(run, sample)).filter(sample::continues);
              usages.put(run, usage(run, now, sample, before));
            }));
    latest = Map.copyOf(usages);
  }

  /// The last look at a run; empty when there was none since it began.
  public Optional<Usage> of(RunId run) {
    return Optional.ofNullable(latest.get(run));
  }

  /// How long to wait between two looks now.
  public Duration pace() {
    return watchers.get() > 0 ? WATCHED_PACE : UNWATCHED_PACE;
  }

  /// Somebody watches until this is closed.
  public Watch watch() {
    watchers.incrementAndGet();
    return new Watch(watchers);
  }

  /// Somebody's interest in fresh numbers.
  public static final class Watch implements AutoCloseable {
    private final AtomicInteger open;
    private boolean closed;

    private Watch(AtomicInteger open) {
      this.open = open;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
    }
  }

  private static Usage usage(RunId run, Instant now, Sample sample, Optional<Sample> before) {
    double seconds = sample.ageSeconds() - before.map(Sample::ageSeconds).orElse(0.0);
    Duration used = sample.cpu().minus(before.map(Sample::cpu).orElse(Duration.ZERO));
    double percent = seconds <= 0 ? 0 : 100 * used.toNanos() / NANOS_PER_SECOND / seconds;
    return new Usage(
        run,
        now,
        sample.cpu(),
        Math.max(0, percent),
        sample.memoryBytes(),
        sample.tasks(),
        sample.descriptors());
  }
}
