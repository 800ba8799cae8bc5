package dev.coffey.process.linux;

import java.util.concurrent.atomic.AtomicInteger;

/// A libc that fails at one place as long as it is told to.
public final class FaultyLibc {
  private FaultyLibc() {}

  /// Spawning fails with this error number while it is not 0.
  public static Libc failingToSpawn(AtomicInteger errno) {
    return failing(Function.POSIX_SPAWN, errno);
  }

  /// Making pipes fails with this error number while it is not 0.
  public static Libc failingToPipe(AtomicInteger errno) {
    return failing(Function.PIPE2, errno);
  }

  /// Reading fails with this error number while it is not 0.
  public static Libc failingToRead(AtomicInteger errno) {
    return failing(Function.READ, errno);
  }

  private static Libc failing(Function failing, AtomicInteger errno) {
    Calls real = new ForeignCalls();
    return new Libc((function, a, b, c, d, e, f) ->
        function == failing && errno.get() != 0
            ? -errno.get()
            : real.call(function, a, b, c, d, e, f));
  }
}
