package dev.coffey.process.linux;

/// The door to libc; safe for use by several threads. Opening it is free, the first call binds.
public final class Libc {
  private final Calls calls;

  Libc(Calls calls) {
    this.calls = calls;
  }

  /// The libc that this program runs on.
  public static Libc open() {
    boolean image = "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
    return new Libc(image ? new ImageCalls() : new ForeignCalls());
  }

  /// Pays now what the first call costs.
  public void bind() {
    long _ = call(Function.GETPID);
  }

  boolean has(Function function) {
    return calls.has(function);
  }

  int find(byte wanted, long address, int lengthBytes, int[] offsets) {
    return calls.find(wanted, address, lengthBytes, offsets);
  }

  long call(Function function) {
    return calls.call(function, 0, 0, 0, 0, 0, 0);
  }

  long call(Function function, long a) {
    return calls.call(function, a, 0, 0, 0, 0, 0);
  }

  long call(Function function, long a, long b) {
    return calls.call(function, a, b, 0, 0, 0, 0);
  }

  long call(Function function, long a, long b, long c) {
    return calls.call(function, a, b, c, 0, 0, 0);
  }

  long call(Function function, long a, long b, long c, long d) {
    return calls.call(function, a, b, c, d, 0, 0);
  }

  long call(Function function, long a, long b, long c, long d, long e) {
    return calls.call(function, a, b, c, d, e, 0);
  }

  long call(Function function, long a, long b, long c, long d, long e, long f) {
    return calls.call(function, a, b, c, d, e, f);
  }

  /// A system call by its number, for functions of variable arguments and those libc lacks.
  long system(SystemCall number, long a, long b, long c, long d, long e) {
    return calls.call(Function.SYSCALL, number.number(), a, b, c, d, e);
  }
}
