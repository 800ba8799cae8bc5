package dev.coffey.restart;

import java.time.Duration;

/// What an unrequested end leads to.
public sealed interface Verdict {
  /// Tried again after this delay.
  record Again(Duration delay) implements Verdict {}

  /// Over, and well.
  record Done() implements Verdict {}

  /// Over, and not well.
  ///
  /// @param limit whether a limit was reached, rather than the policy having said so
  record Never(String reason, boolean limit) implements Verdict {}
}
