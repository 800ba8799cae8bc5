package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

/// Sends signals. Who may be signalled, and when, is for the caller to know.
public final class Signals {
  private static final long DEFAULT_DISPOSITION = 0;

  private final Libc libc;

  public Signals(Libc libc) {
    this.libc = libc;
  }

  /// What became of a signal.
  public enum Outcome {
    SENT,
    /// Nobody was there.
    GONE,
    /// The kernel did not allow it.
    REFUSED
  }

  /// To one process.
  public Outcome send(int pid, int signal) {
    return outcome(libc.call(Function.KILL, positive(pid), signal));
  }

  /// To every process of a group.
  public Outcome sendGroup(int group, int signal) {
    return outcome(libc.call(Function.KILL, -(long) positive(group), signal));
  }

  /// To the process behind a pidfd, whatever has become of its number.
  public Outcome sendTo(int pidfd, int signal) {
    return outcome(libc.system(SystemCall.PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0, 0));
  }

  /// A descriptor that means this process and never another.
  public int openPidfd(int pid) throws LinuxException {
    long answer = libc.system(SystemCall.PIDFD_OPEN, pid, 0, 0, 0, 0);
    return (int) checked(answer, "open process %d".formatted(pid));
  }

  /// Undoes that a signal was ignored when this program was started, as `nohup` does; the JVM could
  /// not handle it otherwise.
  public void restoreDefault(int signal) {
    libc.call(Function.SIGNAL, signal, DEFAULT_DISPOSITION);
  }

  private static Outcome outcome(long answer) {
    if (answer >= 0) {
      return Outcome.SENT;
    }
    return answer == -Errno.ESRCH ? Outcome.GONE : Outcome.REFUSED;
  }

  /// 0, -1 and 1 would reach ourselves, everybody, or init.
  private static int positive(int pid) {
    if (pid < 2) {
      throw new IllegalArgumentException("cannot signal process number " + pid);
    }
    return pid;
  }
}
