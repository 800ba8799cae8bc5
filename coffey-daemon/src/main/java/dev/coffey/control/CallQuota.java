package dev.coffey.control;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many calls each user has under way, so that one cannot take the socket from the others.
final class CallQuota {
  static final int CALLS_PER_UID_MAX = 1024;

  private final ConcurrentHashMap<Integer, Integer> underWay = new ConcurrentHashMap<>();

  boolean enter(int uid) {
    boolean[] entered = {false};
    underWay.compute(
        uid,
        (_, calls) -> {
          int now = calls == null ? 0 : calls;
          entered[0] = now < CALLS_PER_UID_MAX;
          return entered[0] ? Integer.valueOf(now + 1) : calls;
        });
    return entered[0];
  }

  /// Gives the place back; asked twice, it does so once.
  Runnable leaveOnce(int uid) {
    AtomicBoolean left = new AtomicBoolean();
    return () -> {
      if (left.compareAndSet(false, true)) {
        underWay.computeIfPresent(uid, (_, calls) -> calls == 1 ? null : calls - 1);
      }
    };
  }
}
