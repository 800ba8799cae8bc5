package dev.coffey.logs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the pump has to look at: pipes by descriptor, runs that have not been finished, and when
/// something is due next. Used by the pump alone.
final class RunBook {
  /// How long the start of a line waits for its end before it is written as it is.
  static final long CARRY_NANOS_MAX = 2_000_000_000;

  /// How long the pipes of an ended run are still read when somebody else holds them.
  static final long DRAIN_NANOS_MAX = 2_000_000_000;

  /// How long a pipe that could not be read is left alone.
  static final long FAULT_NANOS = 1_000_000_000;

  /// How long a pipe is left alone because too much waits for the disks of others.
  static final long HELD_NANOS = 200_000_000;

  /// The longest time without a look around.
  static final long LOOK_NANOS_MAX = 10_000_000_000L;

  private final TreeMap<Integer, OutputPipe> pipes = new TreeMap<>();
  private final Set<RunLog> runs = new LinkedHashSet<>();
  private final Set<ServiceLog> logs = new LinkedHashSet<>();
  private long dueNanos = System.nanoTime() + LOOK_NANOS_MAX;

  void add(ServiceLog log) {
    logs.add(log);
  }

  void add(RunLog run, List<OutputPipe> added) {
    runs.add(run);
    logs.add(run.log);
    for (OutputPipe pipe : added) {
      run.pipes().add(pipe);
      pipes.put(pipe.fd, pipe);
    }
  }

  void remove(ServiceLog log) {
    logs.remove(log);
  }

  @Nullable OutputPipe pipe(int fd) {
    return pipes.get(fd);
  }

  void remove(OutputPipe pipe) {
    pipes.remove(pipe.fd, pipe);
  }

  /// Whether the run was still known.
  boolean remove(RunLog run) {
    run.log.runs().remove(run);
    return runs.remove(run);
  }

  Collection<OutputPipe> pipes() {
    return new ArrayList<>(pipes.values());
  }

  /// Every log that was written.
  Collection<ServiceLog> logs() {
    return logs;
  }

  Collection<RunLog> runs() {
    return new ArrayList<>(runs);
  }

  /// The ended runs whose time is over.
  List<RunLog> drained(long nanos) {
    List<RunLog> over = new ArrayList<>();
    for (RunLog run : runs) {
      if (!run.hasEnded()) {
        continue;
      }
      if (run.drainEndsNanos() - nanos <= 0) {
        over.add(run);
      } else {
        dueAt(run.drainEndsNanos());
      }
    }
    return over;
  }

  /// The start of a line waits somewhere.
  void carries(long nanos) {
    dueAt(nanos + CARRY_NANOS_MAX);
  }

  /// Something is to be looked at by then.
  void dueAt(long nanos) {
    if (nanos - dueNanos < 0) {
      dueNanos = nanos;
    }
  }

  long dueNanos() {
    return dueNanos;
  }

  boolean isDue(long nanos) {
    return dueNanos - nanos <= 0;
  }

  /// Everything is being looked at; who finds something that is due later says so anew.
  void looked(long nanos) {
    dueNanos = nanos + LOOK_NANOS_MAX;
  }
}
