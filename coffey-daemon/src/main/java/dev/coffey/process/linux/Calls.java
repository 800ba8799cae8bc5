package dev.coffey.process.linux;

/// The one way into libc: six longs in, one long out, and errno.
///
/// All functions are called in this shape, since registers that a function does not read do no
/// harm, and each further shape would cost start-up time and native metadata.
interface Calls {
  /// What the function returned, widened to a long; `-errno` where it returned -1.
  long call(Function function, long a, long b, long c, long d, long e, long f);

  /// Notes in `offsets` where a byte stands in a range of memory; how many times it does.
  default int find(byte wanted, long address, int lengthBytes, int[] offsets) {
    int count = 0;
    int from = 0;
    while (from < lengthBytes) {
      long hit =
          call(Function.MEMCHR, address + from, wanted & 0xFF, lengthBytes - (long) from, 0, 0, 0);
      if (hit == 0) {
        break;
      }
      int offset = (int) (hit - address);
      offsets[count++] = offset;
      from = offset + 1;
    }
    return count;
  }

  /// Whether this libc has the function.
  default boolean has(Function function) {
    return true;
  }
}
