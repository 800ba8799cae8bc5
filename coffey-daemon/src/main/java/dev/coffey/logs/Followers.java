package dev.coffey.logs;

import dev.coffey.logs.segments.SegmentStore;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/// Tells waiting readers that there is more, on a thread of its own: a thousand of them cost the
/// pump no more than one.
final class Followers implements Runnable {
  private static final System.Logger LOG = System.getLogger("coffey.logs");

  /// A log is in it at most once.
  private final LinkedBlockingQueue<ServiceLog> queue = new LinkedBlockingQueue<>();

  private final List<ServiceLog> changed = new ArrayList<>();

  /// Something was added to a log. For the pump.
  void news(ServiceLog log) {
    if (log.store().isFollowed() && log.news.compareAndSet(false, true)) {
      changed.add(log);
    }
  }

  /// Hands on what was noted. For the pump.
  void wake() {
    if (!changed.isEmpty()) {
      queue.addAll(changed);
      changed.clear();
    }
  }

  @Override
  public void run() {
    try {
      while (true) {
        ServiceLog log = queue.take();
        log.news.set(false);
        tell(log.store());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tell(SegmentStore store) {
    try {
      store.wakeFollowers();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a reader of the log of " + store.service() + " failed", e);
    }
  }
}
