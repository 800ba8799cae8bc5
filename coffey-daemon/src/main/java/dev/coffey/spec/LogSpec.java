package dev.coffey.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a service's output is kept.
public record LogSpec(
    long segmentBytes,
    int segmentsKept,
    @Nullable Duration ageMax,
    Pressure pressure,
    boolean stdout,
    boolean stderr,
    int lineBytesMax) {
  /// What is done when the disk cannot take it.
  public enum Pressure {
    BLOCK,
    DROP_OLDEST
  }

  /// What CONFIG's table says when nothing is set.
  public static final LogSpec DEFAULT =
      new LogSpec(10L << 20, 5, null, Pressure.BLOCK, true, true, 64 << 10);

  /// Whether the same streams are kept, which a process is given when it begins.
  public boolean keepsSameStreams(LogSpec other) {
    return stdout == other.stdout && stderr == other.stderr;
  }

  /// The same, of the streams that another keeps.
  public LogSpec withStreamsOf(LogSpec other) {
    return new LogSpec(
        segmentBytes, segmentsKept, ageMax, pressure, other.stdout, other.stderr, lineBytesMax);
  }

  public LogSpec {
    if (segmentBytes < 4096) {
      throw new IllegalArgumentException(
          "logs.segment must be at least 4KiB, not %d bytes".formatted(segmentBytes));
    }
    if (segmentsKept < 1) {
      throw new IllegalArgumentException("logs.keep must be at least 1");
    }
    if (lineBytesMax < 256 || lineBytesMax > (1 << 20)) {
      throw new IllegalArgumentException(
          "logs.line_max must be from 256 bytes to 1MiB, not %d bytes".formatted(lineBytesMax));
    }
  }
}
