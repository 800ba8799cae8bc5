package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

/// How much a process gets of processor and disk when they are scarce.
public final class Priorities {
  private static final int OF_ONE_PROCESS = 0;
  private static final int IO_OF_ONE_PROCESS = 1;
  private static final int IO_CLASS_SHIFT = 13;

  private final Libc libc;

  public Priorities(Libc libc) {
    this.libc = libc;
  }

  /// From -20, much, to 19, little.
  public void setNice(int pid, int nice) throws LinuxException {
    checked(
        libc.call(Function.SETPRIORITY, OF_ONE_PROCESS, pid, nice),
        "set nice to %d".formatted(nice));
  }

  /// The class, 1 for real time, 2 for best effort, 3 for idle, and the level within it, 0 to 7.
  public void setIo(int pid, int ioClass, int level) throws LinuxException {
    long value = ((long) ioClass << IO_CLASS_SHIFT) | level;
    checked(libc.system(SystemCall.IOPRIO_SET, IO_OF_ONE_PROCESS, pid, value, 0, 0), "set ionice");
  }
}
