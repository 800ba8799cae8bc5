package dev.coffey.logs;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// How long the pump lets lines gather between two rounds: long while little comes, not at all
/// while a pipe is close to full, since its writer would have to wait.
final class Pace {
  private static final long PAUSE_NANOS_MAX = 40_000_000;
  private static final long PAUSE_NANOS_MIN = 50_000;

  /// Of the 64 KiB that a pipe holds.
  private static final int FILL_LOW_BYTES = 12 << 10;

  private static final int FILL_HIGH_BYTES = 32 << 10;

  private volatile @Nullable Thread thread;
  private long pauseNanos = PAUSE_NANOS_MAX;

  void begin() {
    thread = Thread.currentThread();
  }

  /// Waits as long as the fullest pipe of the last round allows.
  void pause(int fullestBytes) {
    if (fullestBytes >= FILL_HIGH_BYTES) {
      pauseNanos /= 4;
    } else if (fullestBytes < FILL_LOW_BYTES) {
      pauseNanos = Math.clamp(pauseNanos * 2, PAUSE_NANOS_MIN, PAUSE_NANOS_MAX);
    }
    if (pauseNanos >= PAUSE_NANOS_MIN) {
      LockSupport.parkNanos(this, pauseNanos);
    }
  }

  /// Ends a pause.
  void interrupt() {
    LockSupport.unpark(thread);
  }
}
