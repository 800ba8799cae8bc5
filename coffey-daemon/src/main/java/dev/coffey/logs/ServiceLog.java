package dev.coffey.logs;

import dev.coffey.logs.segments.LogInUseException;
import dev.coffey.logs.segments.LogSearch;
import dev.coffey.logs.segments.PressuredLog;
import dev.coffey.logs.segments.SegmentStore;
import dev.coffey.logs.segments.Waiting;
import dev.coffey.spec.LogSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// One service's log as the pump writes it.
final class ServiceLog {
  final PressuredLog written;

  /// Asks the followers' thread once, however often lines come before it looks.
  final AtomicBoolean news = new AtomicBoolean();

  /// Those who read along.
  final List<Tap> taps = new CopyOnWriteArrayList<>();

  private final List<RunLog> runs = new ArrayList<>();
  private long currentRun;
  private boolean paused;
  private boolean troubled;

  ServiceLog(SegmentStore store, LogSpec spec, Waiting waiting) {
    this.written = new PressuredLog(store, spec.pressure(), waiting);
  }

  SegmentStore store() {
    return written.store();
  }

  LogSearch search() {
    return new LogSearch(store());
  }

  /// Called before any run of it is known to the pump, and so by any thread.
  synchronized void open(long micros, long nanos) throws LogInUseException {
    written.open(micros, nanos);
  }

  List<RunLog> runs() {
    return runs;
  }

  void begin(RunLog run) {
    runs.add(run);
    currentRun = run.run.value();
  }

  /// The run to name in a line that is not of the current one; 0 for the current one.
  long lateRun(RunLog run) {
    return run.run.value() == currentRun ? 0 : run.run.value();
  }

  /// Whether its pipes are left alone until the disk takes what was read.
  boolean isPaused() {
    return paused;
  }

  void paused(boolean paused) {
    this.paused = paused;
  }

  /// Whether no run of it is left, nothing waits to be written and nobody waits for more.
  boolean isIdle() {
    return runs.isEmpty()
        && written.waitingBytes() == 0
        && written.cause().isEmpty()
        && !store().isFollowed();
  }

  /// Notes whether the disk refuses; whether that is news.
  boolean troubleChanged() {
    boolean now = !written.cause().isEmpty();
    boolean changed = now != troubled;
    troubled = now;
    return changed;
  }

  LogTrouble trouble() {
    return new LogTrouble(
        store().service(),
        written.cause(),
        written.waitingBytes(),
        written.droppedLines(),
        written.droppedBytes());
  }

  static SegmentStore.Limits limits(LogSpec spec) {
    long ageMicrosMax = spec.ageMax() == null ? 0 : spec.ageMax().toMillis() * 1_000;
    return new SegmentStore.Limits(spec.segmentBytes(), spec.segmentsKept(), ageMicrosMax);
  }
}
