package dev.coffey.lifecycle;

import org.jspecify.annotations.Nullable;

/// What is wanted of a service.
///
/// @param up whether it shall run; what an operator stopped stays stopped
/// @param endRun why the run that is there now must end all the same, or `null`; forgotten once it
///   is over
public record Wish(boolean up, @Nullable StopReason endRun) {
  /// To run.
  public static final Wish UP = new Wish(true, null);

  /// Not to run.
  public static final Wish DOWN = new Wish(false, null);

  /// The same, with this run to be ended; one that is to end already does so for its first reason.
  public Wish ending(StopReason reason) {
    return endRun == null ? new Wish(up, reason) : this;
  }
}
