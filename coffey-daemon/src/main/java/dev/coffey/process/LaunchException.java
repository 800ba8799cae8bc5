package dev.coffey.process;

import dev.coffey.lifecycle.LaunchFailure;

/// Ends a launch on its way, with the failure that is reported.
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient LaunchFailure failure;

  LaunchException(String stage, String message) {
    this(new LaunchFailure(stage, message, false));
  }

  LaunchException(LaunchFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  LaunchFailure failure() {
    return failure;
  }
}
