package dev.coffey.process;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.process.linux.Children;
import dev.coffey.process.linux.Children.End;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.SignalNames;
import java.lang.System.Logger.Level;
import java.util.OptionalInt;

/// The only place that waits for children: looks who has ended, asks whose that is, then reaps.
/// Strangers, which come to us as sub-reaper or first process, are reaped too.
final class Reaper implements Runnable {
  /// How soon a first process, to which orphans may come unannounced, looks for them.
  private static final long IDLE_MILLIS_MAX = 1000;

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final Children children;
  private final Registry registry;
  private final Ending ending;
  private volatile boolean closed;

  Reaper(Libc libc, Registry registry, Ending ending) {
    this.children = new Children(libc);
    this.registry = registry;
    this.ending = ending;
  }

  /// Told of each main process that was reaped, and what it was called when it ended on its way.
  @FunctionalInterface
  interface Ending {
    void ended(Child child, String command, ExitStatus status);
  }

  @Override
  public void run() {
    try (children) {
      while (!closed) {
        OptionalInt pid = children.awaitEnded();
        if (closed) {
          return;
        }
        if (pid.isPresent()) {
          reapSafely(pid.getAsInt());
        } else {
          registry.forgetLost(children::isOurs).forEach(this::lost);
          registry.awaitChild(IDLE_MILLIS_MAX);
        }
      }
    } catch (InterruptedException _) {
      LOG.log(Level.DEBUG, "the reaper was told to end");
    } catch (LinuxException failed) {
      LOG.log(Level.ERROR, "cannot await children any more", failed);
    }
  }

  /// Reaps nothing any more; the thread ends when the next child does, since no call can be
  /// interrupted.
  void close() {
    closed = true;
  }

  static ExitStatus status(End end) {
    return switch (end) {
      case End.Code(int code) -> new ExitStatus.Exited(code);
      case End.Signal(int signal, boolean dumped) ->
          new ExitStatus.Signaled(signal, SignalNames.name(signal), dumped);
    };
  }

  /// Only a library that waits for any child can have done this.
  private void lost(Child child) {
    LOG.log(Level.ERROR, "somebody else has reaped process {0}", child.pid());
    ending.ended(child, "", new ExitStatus.Unseen());
  }

  /// What goes wrong with one child must not end the waiting for all.
  private void reapSafely(int pid) throws InterruptedException {
    try {
      reap(pid);
    } catch (LinuxException | RuntimeException failed) {
      LOG.log(Level.ERROR, "cannot reap process " + pid, failed);
    }
  }

  private void reap(int pid) throws LinuxException, InterruptedException {
    registry.settle(pid);
    String command = commandOfTravelling(pid);
    registry
        .reap(pid, children::reapEnded)
        .ifPresentOrElse(
            ended -> ending.ended(ended.child(), command, status(ended.end())),
            () -> LOG.log(Level.DEBUG, "reaped stranger {0}", pid));
  }

  /// The name under which it ended tells whether it was the service yet.
  private String commandOfTravelling(int pid) {
    return registry
        .find(pid)
        .filter(child -> !child.arrived())
        .flatMap(child -> ProcessTable.entry(child.pid()))
        .map(ProcessTable.Entry::command)
        .orElse("");
  }
}
