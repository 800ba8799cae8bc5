package dev.coffey.process.linux;

import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /// Limiting a process fails with this error number while it is not 0.
  public static Libc failingToLimit(AtomicInteger errno) {
    return failing(Function.PRLIMIT, errno);
  }

  /// Making a process nicer fails with this error number while it is not 0.
  public static Libc failingToSetNice(AtomicInteger errno) {
    return failing(Function.SETPRIORITY, errno);
  }

  /// Changing a process's share of the disk fails with this error number while it is not 0.
  public static Libc failingToSetIo(AtomicInteger errno) {
    return failing(SystemCall.IOPRIO_SET, errno);
  }

  /// Holding a process by a descriptor fails with this error number while it is not 0.
  public static Libc failingToHold(AtomicInteger errno) {
    return failing(SystemCall.PIDFD_OPEN, errno);
  }

  /// A libc that cannot close by itself what a new process must not have, as musl.
  public static Libc withoutCloseFrom() {
    return failing(
        Function.POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP, new AtomicInteger(Errno.ENOSYS));
  }

  /// Reading fails with this error number while it is not 0.
  public static Libc failingToRead(AtomicInteger errno) {
    return failing(Function.READ, errno);
  }

  /// Writing fails with this error number while it is not 0.
  public static Libc failingToWrite(AtomicInteger errno) {
    return failing(Function.WRITE, errno);
  }

  /// The first spawn waits until it may go on, as an exec from a dead server does.
  ///
  /// @param waits told when it does
  public static Libc holdingUpTheFirstSpawn(CountDownLatch waits, CountDownLatch mayGoOn) {
    Calls real = new ForeignCalls();
    AtomicBoolean first = new AtomicBoolean(true);
    return new Libc((function, a, b, c, d, e, f) -> {
      if (function == Function.POSIX_SPAWN && first.getAndSet(false)) {
        waits.countDown();
        await(mayGoOn);
      }
      return real.call(function, a, b, c, d, e, f);
    });
  }

  /// Notes whom `kill` was called for: a process, or a group below 0.
  public static Libc notingKills(Queue<Long> whom) {
    Calls real = new ForeignCalls();
    return new Libc((function, a, b, c, d, e, f) -> {
      if (function == Function.KILL) {
        whom.add(a);
      }
      return real.call(function, a, b, c, d, e, f);
    });
  }

  private static void await(CountDownLatch mayGoOn) {
    try {
      mayGoOn.await();
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }

  private static Libc failing(SystemCall failing, AtomicInteger errno) {
    Calls real = new ForeignCalls();
    return new Libc((function, a, b, c, d, e, f) ->
        function == Function.SYSCALL && a == failing.number() && errno.get() != 0
            ? -errno.get()
            : real.call(function, a, b, c, d, e, f));
  }

  private static Libc failing(Function failing, AtomicInteger errno) {
    Calls real = new ForeignCalls();
    return new Libc((function, a, b, c, d, e, f) ->
        function == failing && errno.get() != 0
            ? -errno.get()
            : real.call(function, a, b, c, d, e, f));
  }
}
