package dev.coffey.logs;

import dev.coffey.logs.segments.LineSplitter;
import dev.coffey.logs.segments.LogStream;

/// One pipe from a run, or its terminal, as its reader sees it. Used by the pump alone.
final class OutputPipe {
  private static final long NOTHING_WAITS = Long.MAX_VALUE;

  /// A pipe of the usual size holds 64 KiB, a terminal gives no more than 4 KiB at once.
  private static final int PIPE_OF_TERMINALS = 16;

  final int fd;
  final RunLog run;
  final LineSplitter splitter;
  private final boolean terminal;
  private boolean open = true;
  private boolean watched;
  private boolean faulty;
  private boolean large;
  private int fullReads;
  private long waitsSinceNanos = NOTHING_WAITS;

  OutputPipe(int fd, RunLog run, LineSplitter splitter, boolean terminal) {
    this.fd = fd;
    this.run = run;
    this.splitter = splitter;
    this.terminal = terminal;
  }

  /// How full it was that gave so many bytes: how many a pipe as full as that would have given.
  int fill(int bytes) {
    return terminal ? PIPE_OF_TERMINALS * bytes : bytes;
  }

  /// The same with this pipe in its place.
  HandedOver addedTo(HandedOver kept) {
    return splitter.stream() == LogStream.STDOUT
        ? new HandedOver(kept.service(), kept.run(), fd, kept.stderr())
        : new HandedOver(kept.service(), kept.run(), kept.stdout(), fd);
  }

  boolean isOpen() {
    return open;
  }

  void closed() {
    open = false;
    watched = false;
  }

  boolean isWatched() {
    return watched;
  }

  void watched(boolean watched) {
    this.watched = watched;
  }

  /// Whether the last read of it failed.
  boolean isFaulty() {
    return faulty;
  }

  void faulty(boolean faulty) {
    this.faulty = faulty;
  }

  /// Notes whether a read took about all that a pipe of the usual size holds; how often in a row.
  int countFull(boolean full) {
    fullReads = full ? fullReads + 1 : 0;
    return fullReads;
  }

  /// Whether it holds more than others.
  boolean isLarge() {
    return large;
  }

  void enlarged() {
    large = true;
  }

  /// Notes whether the start of a line waits for its end.
  void fed(long nanos) {
    if (splitter.carriedBytes() == 0) {
      waitsSinceNanos = NOTHING_WAITS;
    } else if (waitsSinceNanos == NOTHING_WAITS) {
      waitsSinceNanos = nanos;
    }
  }

  /// Whether the start of a line has waited since before this.
  boolean waitsSince(long nanos) {
    return waitsSinceNanos != NOTHING_WAITS && waitsSinceNanos - nanos <= 0;
  }
}
