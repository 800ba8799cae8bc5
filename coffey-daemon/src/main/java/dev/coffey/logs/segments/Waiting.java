package dev.coffey.logs.segments;

import java.util.concurrent.atomic.AtomicLong;

/// How much all logs together hold in memory while their disks refuse. Two limits: from the first
/// on, nothing more is read for logs that may not lose anything, and the others give up their
/// oldest lines; beyond the second, which only what ended runs have left can come to, all do.
public final class Waiting {
  /// What some dozen floods leave before they are known to be stuck.
  static final int BYTES_MAX = 16 << 20;

  /// Room for what one read more can become.
  static final int BYTES_LIMIT = BYTES_MAX + PressuredLog.BLOCKED_BYTES_MAX;

  private final AtomicLong bytes = new AtomicLong();

  void changed(long by) {
    bytes.addAndGet(by);
  }

  /// How many bytes wait in all.
  long bytes() {
    return bytes.get();
  }

  /// Whether no log that may not lose anything is to be fed for now.
  public boolean isFull() {
    return bytes.get() >= BYTES_MAX;
  }
}
