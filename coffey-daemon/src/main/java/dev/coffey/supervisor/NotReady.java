package dev.coffey.supervisor;

import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.LinuxException;
import java.io.IOException;

/// A run cannot be given what it is to be launched with.
final class NotReady extends Exception {
  private static final long serialVersionUID = 1;

  private final transient LaunchFailure failure;

  private NotReady(LaunchFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /// A machine that is short of something is not the service's fault, whatever it was for.
  static NotReady at(String stage, String message, IOException cause) {
    boolean shortage = cause instanceof LinuxException refused && Errno.isShortage(refused.errno());
    return new NotReady(new LaunchFailure(shortage ? "resources" : stage, message, shortage));
  }

  LaunchFailure failure() {
    return failure;
  }
}
