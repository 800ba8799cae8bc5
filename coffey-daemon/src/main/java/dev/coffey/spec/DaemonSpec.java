package dev.coffey.spec;

import java.nio.file.Path;
import java.time.Duration;

/// The daemon's own part of the plan.
public record DaemonSpec(
    Sockets control,
    Directories directories,
    OwnLog log,
    long logsTotalBytesMax,
    Limits limits,
    Doors doors) {
  /// A daemon that is reached by its socket only.
  public DaemonSpec(
      Sockets control, Directories directories, OwnLog log, long logsTotalBytesMax, Limits limits) {
    this(control, directories, log, logsTotalBytesMax, limits, Doors.closed(Doors.History.USUAL));
  }

  /// What is in force when a daemon that runs with this is told the next: what only a start brings
  /// stays as it is.
  public DaemonSpec reloadedAs(DaemonSpec next) {
    return new DaemonSpec(
        control,
        directories,
        log,
        next.logsTotalBytesMax(),
        next.limits(),
        doors.telling(next.doors().sinks()));
  }

  /// The control socket; an empty group means the daemon's own.
  public record Sockets(Path socket, String group, int mode) {}

  /// Where things are kept.
  public record Directories(Path pidFile, Path runtime, Path state, Path logs) {}

  /// The daemon's own log; an empty path means none.
  public record OwnLog(String path, boolean console, String level, Format format) {
    /// How a line looks.
    public enum Format {
      TEXT,
      JSON
    }
  }

  /// What bounds the whole fleet.
  public record Limits(Duration shutdownTimeout, int startParallelism, Budget restarts) {
    public Limits {
      if (startParallelism < 1) {
        throw new IllegalArgumentException(
            "start_parallelism must be at least 1, not %d".formatted(startParallelism));
      }
    }
  }

  /// A token bucket over all automatic restarts.
  public record Budget(double perSecond, int burst) {
    /// What CONFIG's table says when nothing is set.
    public static final Budget DEFAULT = new Budget(20, 100);

    public Budget {
      if (!(perSecond > 0) || burst < 1) {
        throw new IllegalArgumentException(
            "restart_budget must have a rate above 0 and a burst of at least 1");
      }
    }
  }
}
