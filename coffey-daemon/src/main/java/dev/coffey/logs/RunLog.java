package dev.coffey.logs;

import dev.coffey.lifecycle.RunId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one run writes: its pipes, and how it ended. Used by the pump alone once it has begun.
final class RunLog {
  final RunId run;
  final ServiceLog log;
  private final List<OutputPipe> pipes = new ArrayList<>();
  private @Nullable String status;
  private long drainEndsNanos;

  RunLog(RunId run, ServiceLog log) {
    this.run = run;
    this.log = log;
  }

  List<OutputPipe> pipes() {
    return pipes;
  }

  void ended(String status, long drainEndsNanos) {
    this.status = status;
    this.drainEndsNanos = drainEndsNanos;
  }

  boolean hasEnded() {
    return status != null;
  }

  String status() {
    return status == null ? "" : status;
  }

  /// When its pipes are given up if somebody still holds them.
  long drainEndsNanos() {
    return drainEndsNanos;
  }

  boolean isEmptied() {
    return pipes.stream().noneMatch(OutputPipe::isOpen);
  }
}
