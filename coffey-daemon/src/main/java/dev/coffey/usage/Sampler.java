package dev.coffey.usage;

import dev.coffey.lifecycle.RunId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// Looks at all runs again and again: often while somebody reads, soon when there is a new one, and
/// seldom otherwise.
public final class Sampler implements AutoCloseable {
  /// Runs seldom come alone: a moment later one look serves them all.
  private static final Duration SETTLING = Duration.ofMillis(300);

  private static final System.Logger LOG = System.getLogger("coffey.usage");

  private final Usages usages;
  private final Supplier<Map<RunId, Integer>> mains;
  private final Thread thread;

  /// @param mains the main process of each run that has one now
  public Sampler(Usages usages, Supplier<Map<RunId, Integer>> mains) {
    this.usages = usages;
    this.mains = mains;
    this.thread = Thread.ofPlatform().name("coffey-usage").daemon().unstarted(this::run);
  }

  /// Starts the thread.
  public void begin() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    long lookedNanos = System.nanoTime() - Usages.UNWATCHED_PACE.toNanos();
    try {
      while (true) {
        Map<RunId, Integer> now = mains.get();
        Duration pace = usages.know(now.keySet()) ? usages.pace() : Usages.WATCHED_PACE;
        Duration left = pace.minusNanos(System.nanoTime() - lookedNanos);
        if (!left.isPositive()) {
          lookedNanos = System.nanoTime();
          look(now);
        } else if (usages.awaitNews(left)) {
          Thread.sleep(SETTLING);
        }
      }
    } catch (InterruptedException _) {
      LOG.log(Level.DEBUG, "the sampler was told to end");
    }
  }

  private void look(Map<RunId, Integer> runs) {
    try {
      usages.sample(runs);
    } catch (RuntimeException failed) {
      LOG.log(Level.WARNING, "cannot tell what services use", failed);
    }
  }
}
