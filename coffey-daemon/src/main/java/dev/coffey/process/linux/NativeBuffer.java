package dev.coffey.process.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Memory outside the heap that calls read and write; every access is checked against its bounds.
///
/// Whoever closes it must know that no call uses it any more: a call holds only its address.
public final class NativeBuffer implements AutoCloseable {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfLong LITTLE_LONG = LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long EACH_BYTE_ONE = 0x0101010101010101L;
  private static final long EACH_BYTE_HIGH = 0x8080808080808080L;
  private static final int ALIGNMENT_BYTES = 16;

  private final Arena arena;
  private final MemorySegment segment;

  private NativeBuffer(Arena arena, long sizeBytes) {
    this.arena = arena;
    this.segment = arena.allocate(sizeBytes, ALIGNMENT_BYTES);
  }

  /// A zeroed buffer for the thread that makes it.
  public static NativeBuffer own(long sizeBytes) {
    return new NativeBuffer(Arena.ofConfined(), sizeBytes);
  }

  /// A zeroed buffer that threads may hand to each other.
  public static NativeBuffer shared(long sizeBytes) {
    return new NativeBuffer(Arena.ofShared(), sizeBytes);
  }

  public long sizeBytes() {
    return segment.byteSize();
  }

  public byte byteAt(long offset) {
    return segment.get(BYTE, offset);
  }

  public int intAt(long offset) {
    return segment.get(INT, offset);
  }

  public long longAt(long offset) {
    return segment.get(LONG, offset);
  }

  public void putByte(long offset, byte value) {
    segment.set(BYTE, offset, value);
  }

  public void putShort(long offset, short value) {
    segment.set(SHORT, offset, value);
  }

  public void putInt(long offset, int value) {
    segment.set(INT, offset, value);
  }

  public void putLong(long offset, long value) {
    segment.set(LONG, offset, value);
  }

  /// Where the byte first stands in `[from, to)`; -1 when it does not.
  public long indexOf(byte wanted, long from, long to) {
    long pattern = (wanted & 0xFFL) * EACH_BYTE_ONE;
    long at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long difference = segment.get(LITTLE_LONG, at) ^ pattern;
      long hit = (difference - EACH_BYTE_ONE) & ~difference & EACH_BYTE_HIGH;
      if (hit != 0) {
        return at + (Long.numberOfTrailingZeros(hit) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (byteAt(at) == wanted) {
        return at;
      }
    }
    return -1;
  }

  /// Copies out of the buffer into an array.
  public void copyOut(long from, byte[] to, int toIndex, int lengthBytes) {
    MemorySegment.copy(segment, BYTE, from, to, toIndex, lengthBytes);
  }

  /// A copy of some of its bytes.
  public byte[] bytes(long from, int lengthBytes) {
    byte[] copy = new byte[lengthBytes];
    copyOut(from, copy, 0, lengthBytes);
    return copy;
  }

  /// Copies an array into the buffer.
  public void copyIn(byte[] from, int fromIndex, long to, int lengthBytes) {
    MemorySegment.copy(from, fromIndex, segment, BYTE, to, lengthBytes);
  }

  /// Copies from another buffer, or moves within this one.
  public void copyFrom(NativeBuffer source, long from, long to, long lengthBytes) {
    MemorySegment.copy(source.segment, from, segment, to, lengthBytes);
  }

  @Override
  public void close() {
    arena.close();
  }

  long address() {
    return segment.address();
  }

  /// The address of a range that lies within the buffer.
  long address(long offset, long lengthBytes) {
    return segment.asSlice(offset, lengthBytes).address();
  }
}
