package dev.coffey.process.linux;

/// Makes this very program ignore a signal, as one that was started by `nohup` does.
public final class Dispositions {
  private static final long IGNORE = 1;
  private static final long DEFAULT = 0;

  private Dispositions() {}

  public static void ignore(Libc libc, int signal) {
    libc.call(Function.SIGNAL, signal, IGNORE);
  }

  public static void restore(Libc libc, int signal) {
    libc.call(Function.SIGNAL, signal, DEFAULT);
  }
}
