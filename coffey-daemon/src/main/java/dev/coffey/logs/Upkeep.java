package dev.coffey.logs;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Keeps all logs together within their budget, and each within its age. Used by the pump alone.
final class Upkeep {
  private static final System.Logger LOG = System.getLogger("coffey.logs");

  /// How often age and place of the files are looked at.
  private static final long LOOK_NANOS_MIN = 9_000_000_000L;

  /// After so many new bytes the sum is taken again, or sooner for a small budget.
  private static final long WRITTEN_BYTES_MAX = 16 << 20;

  private static final int BUDGET_PARTS = 16;

  private final Dormant dormant;
  private volatile long totalBytesMax = Long.MAX_VALUE;
  private long writtenBytes;
  private long lookedNanos;

  Upkeep(Dormant dormant) {
    this.dormant = dormant;
    this.lookedNanos = System.nanoTime();
  }

  void limitTotal(long bytesMax) {
    totalBytesMax = bytesMax;
  }

  /// Notes what was read from services.
  void written(int bytes) {
    writtenBytes += bytes;
  }

  /// Makes the next look come at once.
  void hurry() {
    lookedNanos = System.nanoTime() - LOOK_NANOS_MIN;
    writtenBytes = WRITTEN_BYTES_MAX;
  }

  /// Looks at age and place of the files, now and then.
  void lookAfter(Collection<ServiceLog> logs, long micros, long nanos) {
    if (nanos - lookedNanos < LOOK_NANOS_MIN) {
      return;
    }
    lookedNanos = nanos;
    for (ServiceLog log : logs) {
      if (log.written.lookAfter(micros)) {
        LOG.log(
            Level.WARNING,
            "{0}: somebody has moved, deleted or cut the file of its log; begun anew",
            log.store().service());
      }
    }
    dormant.look();
    writtenBytes = WRITTEN_BYTES_MAX;
  }

  /// Deletes the oldest segments of all logs while they are larger than all may be.
  void keepBudget(Collection<ServiceLog> logs) {
    long often = Math.min(WRITTEN_BYTES_MAX, totalBytesMax / BUDGET_PARTS);
    if (writtenBytes < often || totalBytesMax == Long.MAX_VALUE) {
      return;
    }
    writtenBytes = 0;
    long bytes = dormant.bytes();
    for (ServiceLog log : logs) {
      bytes += log.store().bytes();
    }
    try {
      while (bytes > totalBytesMax) {
        long freed = free(logs);
        if (freed == 0) {
          break;
        }
        bytes -= freed;
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot delete old logs: {0}", e.getMessage());
    }
  }

  private long free(Collection<ServiceLog> logs) throws IOException {
    ServiceLog oldest = oldest(logs);
    long micros = oldest == null ? Long.MAX_VALUE : oldest.store().oldestMicros();
    if (dormant.oldestMicros() < micros) {
      return dormant.deleteOldest();
    }
    if (oldest != null && micros < Long.MAX_VALUE) {
      return oldest.store().deleteOldest();
    }
    // Nothing is full: the largest of the current ones has to end early.
    ServiceLog largest = largest(logs);
    if (largest == null) {
      return 0;
    }
    largest.store().rotate();
    return largest.store().deleteOldest();
  }

  private static @Nullable ServiceLog oldest(Collection<ServiceLog> logs) {
    ServiceLog oldest = null;
    for (ServiceLog log : logs) {
      if (oldest == null || log.store().oldestMicros() < oldest.store().oldestMicros()) {
        oldest = log;
      }
    }
    return oldest;
  }

  private static @Nullable ServiceLog largest(Collection<ServiceLog> logs) {
    ServiceLog largest = null;
    for (ServiceLog log : logs) {
      if (largest == null || log.store().bytes() > largest.store().bytes()) {
        largest = log;
      }
    }
    return largest;
  }
}
