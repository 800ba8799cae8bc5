package dev.coffey.logs;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;

/// Makes the pipes that services write into.
///
/// The service's end is opened for reading and writing: a daemon that dies takes the only reader
/// away from nobody, so the service gets no SIGPIPE and the next daemon finds what it wrote.
final class Pipes {
  private final Descriptors descriptors;

  Pipes(Libc libc) {
    this.descriptors = new Descriptors(libc);
  }

  /// Our ends of a run's pipes, and the service's.
  record Ends(int stdout, int stderr, RunOutput child) {}

  private record Both(int ours, int theirs) {
    static final Both NONE = new Both(RunOutput.NULL, RunOutput.NULL);
  }

  Ends make(boolean stdout, boolean stderr) throws LinuxException {
    Both out = stdout ? pair() : Both.NONE;
    try {
      Both err = stderr ? pair() : Both.NONE;
      return new Ends(out.ours(), err.ours(), new RunOutput(out.theirs(), err.theirs()));
    } catch (LinuxException e) {
      close(out.ours());
      close(out.theirs());
      throw e;
    }
  }

  /// A terminal's master is ours alone; the service opens the other side by its path.
  Ends terminal(int master) throws LinuxException {
    descriptors.setNonBlocking(master, true);
    return new Ends(master, RunOutput.NULL, new RunOutput(RunOutput.NULL, RunOutput.NULL));
  }

  boolean isTerminal(int fd) {
    return descriptors.isTerminal(fd);
  }

  private Both pair() throws LinuxException {
    Descriptors.Pipe pipe = descriptors.pipe();
    try {
      descriptors.setNonBlocking(pipe.readEnd(), true);
      return new Both(pipe.readEnd(), writable(pipe.writeEnd()));
    } catch (LinuxException e) {
      close(pipe.readEnd());
      close(pipe.writeEnd());
      throw e;
    }
  }

  /// Where /proc is not mounted the plain end has to do.
  private int writable(int writeEnd) throws LinuxException {
    try {
      int both = descriptors.open("/proc/self/fd/" + writeEnd, Descriptors.O_RDWR, 0);
      descriptors.close(writeEnd);
      return both;
    } catch (LinuxException e) {
      if (e.errno() == Errno.ENOENT) {
        return writeEnd;
      }
      throw e;
    }
  }

  /// The pipes that a living process writes into.
  Ends reopen(long pid, boolean stdout, boolean stderr) throws LinuxException {
    int out = stdout ? reopened(pid, 1) : RunOutput.NULL;
    try {
      int err = stderr ? reopened(pid, 2) : RunOutput.NULL;
      return new Ends(out, err, new RunOutput(RunOutput.NULL, RunOutput.NULL));
    } catch (LinuxException e) {
      close(out);
      throw e;
    }
  }

  private int reopened(long pid, int fd) throws LinuxException {
    int flags = Descriptors.O_RDONLY | Descriptors.O_NONBLOCK;
    return descriptors.open("/proc/" + pid + "/fd/" + fd, flags, 0);
  }

  /// Gives up our ends.
  void close(Ends ends) {
    close(ends.stdout());
    close(ends.stderr());
  }

  private void close(int fd) {
    if (fd != RunOutput.NULL) {
      descriptors.close(fd);
    }
  }
}
