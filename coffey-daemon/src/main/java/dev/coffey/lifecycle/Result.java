package dev.coffey.lifecycle;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the last run ended, and when.
///
/// @param asked whether somebody had asked for the end, so that it is no crash whatever its kind
/// @param status the kernel's word, or `null` when there was no process
/// @param message for people: `exit 1`
public record Result(
    Kind kind, boolean asked, @Nullable ExitStatus status, String message, Instant at) {
  /// The vocabulary that operators and programs meet.
  public enum Kind {
    SUCCESS,
    EXIT_CODE,
    SIGNAL,
    CORE_DUMP,
    TIMEOUT,
    WATCHDOG,
    OOM_KILL,
    EXEC_FAILED,
    RESOURCES,
    DEPENDENCY,
    PROBE,
    START_LIMIT,
    LOST_LISTENER,
    UNKNOWN;

    /// As it is written on the wire and on the screen.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Whether the service did what it was for, or what was asked of it, be it late.
  public boolean succeeded() {
    return asked || kind == Kind.SUCCESS;
  }
}
