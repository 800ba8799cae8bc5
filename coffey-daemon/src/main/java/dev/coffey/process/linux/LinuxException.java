package dev.coffey.process.linux;

import java.io.IOException;

/// A call that the kernel refused.
public final class LinuxException extends IOException {
  private static final long serialVersionUID = 1;

  private final int errno;

  LinuxException(String attempt, int errno) {
    super("cannot %s: %s".formatted(attempt, Errno.text(errno)));
    this.errno = errno;
  }

  /// The error's number.
  public int errno() {
    return errno;
  }

  /// The answer itself, unless it is an error.
  static long checked(long answer, String attempt) throws LinuxException {
    if (answer < 0) {
      throw new LinuxException(attempt, (int) -answer);
    }
    return answer;
  }
}
