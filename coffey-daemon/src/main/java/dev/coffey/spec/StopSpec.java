package dev.coffey.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a service is asked to end, and how long it may take.
///
/// @param signal the signal's name without `SIG`
/// @param command run instead of the signal where there is one; the signal follows when it fails
public record StopSpec(String signal, Duration timeout, @Nullable Command command) {
  /// TERM and ten seconds.
  public static final StopSpec DEFAULT = new StopSpec("TERM", Duration.ofSeconds(10), null);

  public StopSpec {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("stop.timeout must not be negative");
    }
  }
}
