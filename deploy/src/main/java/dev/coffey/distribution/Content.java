package dev.coffey.distribution;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.CRC32;

/// What one file of the distribution holds.
final class Content {
  private static final long EPOCH_SECONDS = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
  private static final int SPREAD_SECONDS = 100 * 24 * 3600;

  private final byte[] bytes;
  private final boolean executable;

  Content(byte[] bytes, boolean executable) {
    this.bytes = bytes;
    this.executable = executable;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean executable() {
    return executable;
  }

  /// The file's time, which follows from its bytes. A class-data archive knows its jars by size and
  /// time: with one time for all builds it could take a new jar for the old one.
  FileTime time() {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return FileTime.from(Instant.ofEpochSecond(EPOCH_SECONDS + crc.getValue() % SPREAD_SECONDS));
  }
}
