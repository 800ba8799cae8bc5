package dev.coffey.process;

import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.process.linux.Limits;
import dev.coffey.process.linux.Limits.Limit;
import dev.coffey.process.linux.LinuxException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.StampedLock;

/// Our own limit of open files, which must not become that of services: a program that uses
/// `select` breaks, and others close each number up to it.
///
/// We raise ours only when a fleet needs it. The JVM raises its own by itself unless it is told not
/// to (`-XX:-MaxFDLimit`); then what our parent has is taken for what we were started with.
final class DescriptorLimit {
  private static final String NAME = "nofile";
  private static final int OWN_FILES = 256;
  private static final int FILES_OF_A_SERVICE = 6;

  /// For those who connect, and for the logs of those who were launched just now.
  private static final int KEPT_FILES = 128;

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final Limits limits;
  private final long inherited;
  private final StampedLock lock = new StampedLock();
  private volatile Limit own;

  DescriptorLimit(Limits limits, Limit own, OptionalLong parentsSoft) {
    this.limits = limits;
    this.own = own;
    boolean raisedByTheJvm =
        own.soft() == own.hard()
            && parentsSoft.isPresent()
            && Long.compareUnsigned(parentsSoft.getAsLong(), own.soft()) < 0;
    this.inherited = raisedByTheJvm ? parentsSoft.getAsLong() : own.soft();
  }

  static DescriptorLimit read(Limits limits) {
    try {
      return new DescriptorLimit(limits, limits.read(0, NAME), parentsSoft());
    } catch (LinuxException unreadable) {
      Limit none = new Limit(Limits.UNLIMITED, Limits.UNLIMITED);
      return new DescriptorLimit(limits, none, OptionalLong.empty());
    }
  }

  /// Held from the decision whether a process needs a gate until the process exists, so that it
  /// begins with the limit that was looked at.
  Lock steady() {
    return lock.asReadLock();
  }

  /// Raises our own limit when so many services come near it.
  void makeRoom(int services) {
    raiseFor(OWN_FILES + (long) FILES_OF_A_SERVICE * services);
  }

  /// Refuses what would take descriptors that the daemon needs for its own files and for those who
  /// connect: without them nobody could ask it any more, nor stop anything.
  ///
  /// @param highest of the numbers that a launch has taken; all below it are in use
  void keepOwn(int highest) throws LaunchException {
    if (highest == StandardStreams.NULL) {
      return;
    }
    raiseFor(highest + KEPT_FILES);
    long limit = own.soft();
    long kept = Math.min(KEPT_FILES, limit / 4);
    if (limit != Limits.UNLIMITED && highest + kept >= limit) {
      String message =
          "cannot launch: too many open files: of %d, %d are kept for the daemon itself"
              .formatted(limit, kept);
      throw new LaunchException(new LaunchFailure("resources", message, true));
    }
  }

  private void raiseFor(long needed) {
    if (own.soft() == own.hard() || Long.compareUnsigned(needed, own.soft()) < 0) {
      return;
    }
    long stamp = lock.writeLock();
    try {
      raise();
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void raise() {
    Limit raised = new Limit(own.hard(), own.hard());
    try {
      limits.set(0, NAME, raised);
    } catch (LinuxException refused) {
      LOG.log(Level.WARNING, "cannot raise the limit of open files: {0}", refused.getMessage());
    }
    own = raised;
  }

  /// Whether a new process begins with another limit than it should have.
  boolean raised() {
    return own.soft() != inherited;
  }

  /// Gives a new process what it would have had without us.
  void restore(int pid) {
    if (!raised()) {
      return;
    }
    try {
      limits.set(pid, NAME, new Limit(inherited, own.hard()));
    } catch (LinuxException gone) {
      LOG.log(Level.DEBUG, "process {0} keeps our limit of open files", pid);
    }
  }

  private static OptionalLong parentsSoft() {
    long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    try {
      return Files.readAllLines(Path.of("/proc/" + parent + "/limits")).stream()
          .filter(line -> line.startsWith("Max open files"))
          .map(line -> line.substring("Max open files".length()).strip().split(" +", 2)[0])
          .filter(soft -> soft.matches("[0-9]{1,18}"))
          .mapToLong(Long::parseLong)
          .findFirst();
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    }
  }
}
