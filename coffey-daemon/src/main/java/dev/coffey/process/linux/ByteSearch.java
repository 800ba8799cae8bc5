package dev.coffey.process.linux;

/// Finds bytes in memory outside the heap, by libc: no loop that a JVM or a native image compiles
/// comes near it.
public final class ByteSearch {
  private final Libc libc;

  public ByteSearch(Libc libc) {
    this.libc = libc;
  }

  /// Notes in `offsets` where the byte stands in a part of a buffer, counted from that part's
  /// start; how many times it does.
  ///
  /// @param offsets has room for as many as there are bytes
  public int find(byte wanted, NativeBuffer in, int at, int lengthBytes, int[] offsets) {
    return libc.find(wanted, in.address(at, lengthBytes), lengthBytes, offsets);
  }
}
