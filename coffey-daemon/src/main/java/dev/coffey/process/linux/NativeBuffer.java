package dev.coffey.process.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/// Memory outside the heap that calls read and write; every access is checked against its bounds.
///
/// It is read and written through a `ByteBuffer`: what the simple compiler makes of that is a
/// fraction of what it makes of a segment's handles, and so is the time that it takes.
///
/// Whoever closes it must know that no call uses it any more: a call holds only its address.
public final class NativeBuffer implements AutoCloseable {
  private static final ValueLayout.OfLong LITTLE_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long EACH_BYTE_ONE = 0x0101010101010101L;
  private static final long EACH_BYTE_HIGH = 0x8080808080808080L;
  private static final int ALIGNMENT_BYTES = 16;
  private static final int PAGE_BYTES = 4096;

  private final Arena arena;
  private final MemorySegment segment;
  private final ByteBuffer view;

  private NativeBuffer(Arena arena, long sizeBytes) {
    this.arena = arena;
    int alignment = sizeBytes < PAGE_BYTES ? ALIGNMENT_BYTES : PAGE_BYTES;
    this.segment = arena.allocate(sizeBytes, alignment);
    this.view = segment.asByteBuffer().order(ByteOrder.nativeOrder());
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
    return view.get(index(offset));
  }

  public int intAt(long offset) {
    return view.getInt(index(offset));
  }

  public long longAt(long offset) {
    return view.getLong(index(offset));
  }

  public void putByte(long offset, byte value) {
    view.put(index(offset), value);
  }

  public void putShort(long offset, short value) {
    view.putShort(index(offset), value);
  }

  public void putInt(long offset, int value) {
    view.putInt(index(offset), value);
  }

  public void putLong(long offset, long value) {
    view.putLong(index(offset), value);
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
    view.get(index(from), to, toIndex, lengthBytes);
  }

  /// A copy of some of its bytes.
  public byte[] bytes(long from, int lengthBytes) {
    byte[] copy = new byte[lengthBytes];
    copyOut(from, copy, 0, lengthBytes);
    return copy;
  }

  /// Copies an array into the buffer.
  public void copyIn(byte[] from, int fromIndex, long to, int lengthBytes) {
    view.put(index(to), from, fromIndex, lengthBytes);
  }

  /// Copies from another buffer, or moves within this one.
  public void copyFrom(NativeBuffer source, long from, long to, long lengthBytes) {
    MemorySegment.copy(source.segment, from, segment, to, lengthBytes);
  }

  /// As the view counts; what lies beyond that is out of its bounds too.
  private static int index(long offset) {
    return offset == (int) offset ? (int) offset : -1;
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
    Objects.checkFromIndexSize(offset, lengthBytes, segment.byteSize());
    return segment.address() + offset;
  }
}
