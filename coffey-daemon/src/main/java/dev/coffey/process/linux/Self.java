package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

/// What the daemon's own process is and has.
public final class Self {
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int PR_GET_CHILD_SUBREAPER = 37;

  private final Libc libc;

  public Self(Libc libc) {
    this.libc = libc;
  }

  public int pid() {
    return (int) libc.call(Function.GETPID);
  }

  /// Whether orphans among our descendants become our children.
  public void setSubreaper(boolean on) throws LinuxException {
    long answer = libc.system(SystemCall.PRCTL, PR_SET_CHILD_SUBREAPER, on ? 1 : 0, 0, 0, 0);
    checked(answer, "become a sub-reaper");
  }

  /// Whether orphans among our descendants do become our children.
  public boolean isSubreaper() {
    try (NativeBuffer set = NativeBuffer.own(Integer.BYTES)) {
      long answer = libc.system(SystemCall.PRCTL, PR_GET_CHILD_SUBREAPER, set.address(), 0, 0, 0);
      return answer == 0 && set.intAt(0) != 0;
    }
  }
}
