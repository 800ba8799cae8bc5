package dev.coffey.process.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts and arrays of texts as C wants them, alive until closed. They are put into memory that is
/// there already as long as that has room.
final class NativeStrings implements AutoCloseable {
  private static final int ALIGNMENT_BYTES = 16;

  private final List<NativeBuffer> buffers = new ArrayList<>();
  private final @Nullable NativeBuffer room;
  private long usedBytes;

  NativeStrings() {
    this.room = null;
  }

  /// @param room for one at a time of these
  NativeStrings(NativeBuffer room) {
    this.room = room;
  }

  /// The address of a text that ends with a zero byte.
  long text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Place place = allocate(bytes.length + 1L);
    place.put(Arrays.copyOf(bytes, bytes.length + 1));
    return place.address();
  }

  /// The address of an array of texts that ends with a null pointer; one block for all of it, which
  /// is put together here and copied once.
  long array(List<String> texts) {
    List<byte[]> encoded = new ArrayList<>(texts.size());
    int at = (texts.size() + 1) * Long.BYTES;
    int sizeBytes = at;
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      encoded.add(bytes);
      sizeBytes += bytes.length + 1;
    }
    Place place = allocate(sizeBytes);
    ByteBuffer block = ByteBuffer.allocate(sizeBytes).order(ByteOrder.nativeOrder());
    for (byte[] bytes : encoded) {
      block.putLong(place.address() + at);
      System.arraycopy(bytes, 0, block.array(), at, bytes.length);
      at += bytes.length + 1;
    }
    place.put(block.array());
    return place.address();
  }

  @Override
  public void close() {
    buffers.forEach(NativeBuffer::close);
  }

  /// Where a text or an array goes.
  private record Place(NativeBuffer buffer, long offset) {
    long address() {
      return buffer.address() + offset;
    }

    void put(byte[] bytes) {
      buffer.copyIn(bytes, 0, offset, bytes.length);
    }
  }

  private Place allocate(long sizeBytes) {
    if (room != null && sizeBytes <= room.sizeBytes() - usedBytes) {
      Place place = new Place(room, usedBytes);
      usedBytes += (sizeBytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
      return place;
    }
    NativeBuffer buffer = NativeBuffer.own(sizeBytes);
    buffers.add(buffer);
    return new Place(buffer, 0);
  }
}
