package dev.coffey.process.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Texts and arrays of texts as C wants them, alive until closed.
final class NativeStrings implements AutoCloseable {
  private final List<NativeBuffer> buffers = new ArrayList<>();

  /// The address of a text that ends with a zero byte.
  long text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    NativeBuffer buffer = allocate(bytes.length + 1L);
    buffer.copyIn(bytes, 0, 0, bytes.length);
    return buffer.address();
  }

  /// The address of an array of texts that ends with a null pointer; one block for all of it.
  long array(List<String> texts) {
    List<byte[]> encoded = new ArrayList<>(texts.size());
    long textBytes = 0;
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      encoded.add(bytes);
      textBytes += bytes.length + 1L;
    }
    long at = (texts.size() + 1L) * Long.BYTES;
    NativeBuffer buffer = allocate(at + textBytes);
    for (int index = 0; index < encoded.size(); index++) {
      byte[] bytes = encoded.get(index);
      buffer.putLong((long) index * Long.BYTES, buffer.address() + at);
      buffer.copyIn(bytes, 0, at, bytes.length);
      at += bytes.length + 1L;
    }
    return buffer.address();
  }

  @Override
  public void close() {
    buffers.forEach(NativeBuffer::close);
  }

  private NativeBuffer allocate(long sizeBytes) {
    NativeBuffer buffer = NativeBuffer.own(sizeBytes);
    buffers.add(buffer);
    return buffer;
  }
}
