package dev.coffey.logs.segments;

import dev.coffey.spec.ServiceName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One entry of a service's log: a line, or a marker that says what happened between two.
///
/// `seq` grows with every entry and survives restarts of the daemon; it is the cursor. `run` is 0
/// where it is not known.
public sealed interface LogRecord {
  /// Whose log.
  ServiceName service();

  /// The entry's number.
  long seq();

  /// When it was read from the service, in microseconds since 1970.
  long micros();

  /// The run that wrote it, or that was current.
  long run();

  /// When it was read from the service.
  default Instant time() {
    return Instant.EPOCH.plus(micros(), ChronoUnit.MICROS);
  }

  /// What the service wrote, up to a line end or to where the line was split.
  final class Line implements LogRecord {
    private final ServiceName service;
    private final long seq;
    private final long micros;
    private final long run;
    private final LogStream stream;
    private final boolean partial;
    private final byte[] text;

    Line(ServiceName service, Place place, LogStream stream, boolean partial, byte[] text) {
      this.service = service;
      this.seq = place.seq();
      this.micros = place.micros();
      this.run = place.run();
      this.stream = stream;
      this.partial = partial;
      this.text = text;
    }

    @Override
    public ServiceName service() {
      return service;
    }

    @Override
    public long seq() {
      return seq;
    }

    @Override
    public long micros() {
      return micros;
    }

    @Override
    public long run() {
      return run;
    }

    /// Where it was written to.
    public LogStream stream() {
      return stream;
    }

    /// No line end followed: it goes on in the next line of the same stream, or was never ended.
    public boolean partial() {
      return partial;
    }

    /// The bytes as written, without the line end; shared, so not to be altered.
    public byte[] text() {
      return text;
    }
  }

  /// A run begins.
  record Started(ServiceName service, long seq, long micros, long run, long pid)
      implements LogRecord {}

  /// A run has ended, and all that it wrote stands before.
  record Ended(ServiceName service, long seq, long micros, long run, String status)
      implements LogRecord {}

  /// Something is missing here; negative counts are not known.
  record Gap(ServiceName service, Place place, long lines, long bytes, String cause)
      implements LogRecord {
    @Override
    public long seq() {
      return place.seq();
    }

    @Override
    public long micros() {
      return place.micros();
    }

    @Override
    public long run() {
      return place.run();
    }
  }

  /// The log went on in a new file; nothing is missing.
  record Rotated(ServiceName service, long seq, long micros, long run) implements LogRecord {}

  /// Number, time and run of an entry.
  record Place(long seq, long micros, long run) {}
}
