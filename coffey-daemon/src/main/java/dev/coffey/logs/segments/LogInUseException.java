package dev.coffey.logs.segments;

import java.io.IOException;
import java.nio.file.Path;

/// Another process writes this log; two writers would spoil it.
public final class LogInUseException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param lock the file that the other one has locked
  public LogInUseException(Path lock) {
    super(
        "cannot lock '%s': another process writes there; give each daemon its own logs.dir"
            .formatted(lock));
  }
}
