package dev.coffey.health;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.NativeBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a probe's command writes, read without waiting; only its end is kept.
final class ProbeOutput {
  static final int KEPT_BYTES_MAX = 512;

  private static final int CHUNK_BYTES = 4096;

  /// So that a command that writes without end gets its share of this thread and no more.
  private static final int CHUNKS_AT_ONCE_MAX = 256;

  private final Descriptors descriptors;
  private final int readEnd;
  private byte[] kept = new byte[0];

  ProbeOutput(Descriptors descriptors, int readEnd) {
    this.descriptors = descriptors;
    this.readEnd = readEnd;
  }

  void drain() {
    try (NativeBuffer chunk = NativeBuffer.own(CHUNK_BYTES)) {
      for (int i = 0; i < CHUNKS_AT_ONCE_MAX; i++) {
        long count = descriptors.read(readEnd, chunk, 0, CHUNK_BYTES);
        if (count <= 0) {
          return;
        }
        keep(chunk.bytes(0, (int) count));
      }
    }
  }

  private void keep(byte[] more) {
    byte[] all = Arrays.copyOf(kept, kept.length + more.length);
    System.arraycopy(more, 0, all, kept.length, more.length);
    kept = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT_BYTES_MAX), all.length);
  }

  /// The end of it, as text.
  String text() {
    return new String(kept, StandardCharsets.UTF_8).strip();
  }

  void close() {
    descriptors.close(readEnd);
  }
}
