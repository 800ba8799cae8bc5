package dev.coffey.process;

import dev.coffey.process.ProcessTable.Entry;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.SignalNames;
import dev.coffey.process.linux.Signals;
import dev.coffey.process.linux.Signals.Outcome;

/// Signals processes by what they are and not by their numbers: each is held by a pidfd. One that
/// is not our own to reap is looked at again before it is signalled, since its number may have gone
/// to another meanwhile.
final class SafeSignals {
  private final Signals signals;
  private final Descriptors descriptors;

  SafeSignals(Libc libc) {
    this.signals = new Signals(libc);
    this.descriptors = new Descriptors(libc);
  }

  /// To a child of ours, which cannot be reaped meanwhile: where it cannot be held, its number is
  /// as good.
  Outcome sendToChild(int pid, int signal) {
    int pidfd;
    try {
      pidfd = signals.openPidfd(pid);
    } catch (LinuxException refused) {
      return signals.send(pid, signal);
    }
    try {
      return signals.sendTo(pidfd, signal);
    } finally {
      descriptors.close(pidfd);
    }
  }

  Outcome send(Entry seen, int signal) {
    int pidfd;
    try {
      pidfd = signals.openPidfd(seen.pid());
    } catch (LinuxException refused) {
      return withoutPidfd(refused.errno(), seen, signal);
    }
    try {
      return same(seen) ? signals.sendTo(pidfd, signal) : Outcome.GONE;
    } finally {
      descriptors.close(pidfd);
    }
  }

  /// Kills the whole group of a process that was seen, in one call. The process is stopped first:
  /// while it stands there, the group's number can belong to no other.
  void killGroupOf(Entry seen) {
    if (send(seen, SignalNames.STOP) == Outcome.SENT && inSameGroup(seen)) {
      signals.sendGroup(seen.group(), SignalNames.KILL);
    }
  }

  private static boolean inSameGroup(Entry seen) {
    return ProcessTable.entry(seen.pid())
        .filter(now -> seen.sameAs(now) && now.group() == seen.group())
        .isPresent();
  }

  /// Kernels before 5.3 have no pidfd, and we may have no descriptor to spare: the moment between
  /// look and signal stays.
  private Outcome withoutPidfd(int errno, Entry seen, int signal) {
    return errno != Errno.ESRCH && same(seen) ? signals.send(seen.pid(), signal) : Outcome.GONE;
  }

  private static boolean same(Entry seen) {
    return ProcessTable.entry(seen.pid()).filter(seen::sameAs).isPresent();
  }
}
