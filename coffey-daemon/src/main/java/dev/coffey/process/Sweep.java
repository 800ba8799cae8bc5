package dev.coffey.process;

import dev.coffey.process.ProcessTable.Entry;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/// One run's way to nothing left; the [Sweeper] changes it under its lock, or on its thread alone.
final class Sweep {
  static final int NO_SIGNAL = 0;

  Remains remains;
  boolean answerWanted;
  boolean kill;
  int signal = NO_SIGNAL;
  boolean groupWasAsked;

  /// Whether the listener knows how the main process has ended.
  boolean told;

  /// Whether it was told when the look began, so that the look has seen all who were left then.
  boolean endedBeforeLook;

  OptionalLong killedAtNanos = OptionalLong.empty();
  boolean complained;
  private final Set<Integer> asked = new HashSet<>();

  Sweep(Remains remains) {
    this.remains = remains;
  }

  boolean active() {
    return answerWanted || kill;
  }

  boolean mayAsk(Entry entry) {
    return !(groupWasAsked && entry.group() == remains.session()) && asked.add(entry.pid());
  }
}
