package dev.coffey.process.linux;

/// The one way into libc: six longs in, one long out, and errno.
///
/// All functions are called in this shape, since registers that a function does not read do no
/// harm, and each further shape would cost start-up time and native metadata.
interface Calls {
  /// What the function returned, widened to a long; `-errno` where it returned -1.
  long call(Function function, long a, long b, long c, long d, long e, long f);

  /// Whether this libc has the function.
  default boolean has(Function function) {
    return true;
  }
}
