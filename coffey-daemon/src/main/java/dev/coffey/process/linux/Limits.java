package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

import java.util.List;

/// Resource limits of processes.
public final class Limits {
  /// No limit.
  public static final long UNLIMITED = -1;

  private static final List<String> NAMES =
      List.of(
          "cpu",
          "fsize",
          "data",
          "stack",
          "core",
          "rss",
          "nproc",
          "nofile",
          "memlock",
          "as",
          "locks",
          "sigpending",
          "msgqueue",
          "nice",
          "rtprio",
          "rttime");

  private final Libc libc;

  public Limits(Libc libc) {
    this.libc = libc;
  }

  /// A soft and a hard bound.
  public record Limit(long soft, long hard) {}

  /// The names that the kernel knows, in lower case without `RLIMIT_`.
  public static List<String> names() {
    return NAMES;
  }

  /// Reads a limit; 0 means our own process.
  public Limit read(int pid, String name) throws LinuxException {
    try (NativeBuffer old = NativeBuffer.own(16)) {
      long answer = libc.call(Function.PRLIMIT, pid, resource(name), 0, old.address());
      checked(answer, "read limit '%s'".formatted(name));
      return new Limit(old.longAt(0), old.longAt(8));
    }
  }

  /// Sets a limit; 0 means our own process.
  public void set(int pid, String name, Limit limit) throws LinuxException {
    try (NativeBuffer wanted = NativeBuffer.own(16)) {
      wanted.putLong(0, limit.soft());
      wanted.putLong(8, limit.hard());
      long answer = libc.call(Function.PRLIMIT, pid, resource(name), wanted.address(), 0);
      checked(answer, "set limit '%s'".formatted(name));
    }
  }

  private static int resource(String name) {
    int index = NAMES.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("unknown limit '%s'; known are %s".formatted(name, NAMES));
    }
    return index;
  }
}
