package dev.coffey.usage;

import dev.coffey.lifecycle.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The last usage of every run: one [Sampler] looks, anybody reads.
public final class Usages {
  static final Duration WATCHED_PACE = Duration.ofSeconds(2);
  static final Duration UNWATCHED_PACE = Duration.ofSeconds(15);

  /// Whoever reads once may do so again soon, as a screen that is drawn every few seconds.
  private static final Duration INTEREST = Duration.ofSeconds(10);

  private static final double NANOS_PER_SECOND = 1e9;

  private final InstantSource clock;
  private final Proc proc;
  private final AtomicInteger watchers = new AtomicInteger();
  private final Map<RunId, Sample> samples = new HashMap<>();
  private final Semaphore news = new Semaphore(0);
  private volatile Map<RunId, Usage> latest = Map.of();
  private volatile long interestedUntilNanos = System.nanoTime();

  public Usages(InstantSource clock) {
    this(clock, Proc.ofThisMachine());
  }

  Usages(InstantSource clock, Proc proc) {
    this.clock = clock;
    this.proc = proc;
  }

  /// Looks at all runs that have a process; what is known of others is forgotten.
  ///
  /// @param mains the number of each run's main process
  synchronized void sample(Map<RunId, Integer> mains) {
    Trees trees = new Trees(proc);
    Instant now = clock.instant();
    Map<RunId, Usage> usages = new HashMap<>();
    samples.keySet().retainAll(mains.keySet());
    proc.keep(mains.keySet());
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

  /// Somebody reads now, and perhaps again.
  public void read() {
    boolean quickens = pace().equals(UNWATCHED_PACE);
    interestedUntilNanos = System.nanoTime() + INTEREST.toNanos();
    if (quickens) {
      stir();
    }
  }

  /// Somebody watches until this is closed.
  public Watch watch() {
    watchers.incrementAndGet();
    stir();
    return new Watch(watchers);
  }

  /// There may be other runs than before.
  public void stir() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  /// How long to wait between two looks now.
  Duration pace() {
    boolean interest = interestedUntilNanos - System.nanoTime() > 0;
    return interest || watchers.get() > 0 ? WATCHED_PACE : UNWATCHED_PACE;
  }

  /// Whether all of these have been looked at.
  synchronized boolean know(Set<RunId> runs) {
    return samples.keySet().containsAll(runs);
  }

  /// Waits until there may be more to look at, or faster; false when the time is over.
  boolean awaitNews(Duration atMost) throws InterruptedException {
    boolean stirred = news.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    news.drainPermits();
    return stirred;
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
