package dev.coffey.process.linux;

import java.nio.charset.StandardCharsets;

/// Tells with few calls who has no children, and who is no child of a service's: most are not when
/// services are killed by the thousand. Safe for use by several threads.
public final class Offspring {
  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 0x80000;
  private static final int STATX_NLINK = 4;
  private static final int STATX_BYTES = 256;
  private static final int NLINK_OFFSET = 16;
  private static final int PATH_BYTES = 64;

  /// Two of a directory's own, and one of the only thread.
  private static final int LINKS_OF_ONE_THREAD = 3;

  private final Libc libc;
  private final NativeBuffer path = NativeBuffer.shared(PATH_BYTES);
  private final NativeBuffer answer = NativeBuffer.shared(STATX_BYTES);

  public Offspring(Libc libc) {
    this.libc = libc;
  }

  /// False where the kernel does not say, too.
  public synchronized boolean isNone(int pid) {
    String tasks = "/proc/" + pid + "/task";
    return links(tasks) == LINKS_OF_ONE_THREAD && isEmpty(tasks + "/" + pid + "/children");
  }

  /// Whether a process cannot descend from a service. Each service begins with a session of its
  /// own, and nobody below it can get back into ours, nor into one that began where we cannot see
  /// its number, as those of the kernel's threads.
  public boolean isNobodys(int pid) {
    long session = libc.call(Function.GETSID, pid);
    return session == 0 || session == ownSession();
  }

  private long ownSession() {
    return libc.call(Function.GETSID, 0);
  }

  private int links(String name) {
    write(name);
    long result =
        libc.system(SystemCall.STATX, AT_FDCWD, path.address(), 0, STATX_NLINK, answer.address());
    return result < 0 ? 0 : answer.intAt(NLINK_OFFSET);
  }

  private boolean isEmpty(String name) {
    write(name);
    long fd = libc.system(SystemCall.OPENAT, AT_FDCWD, path.address(), O_CLOEXEC, 0, 0);
    if (fd < 0) {
      return false;
    }
    long count = libc.call(Function.READ, fd, answer.address(), 1);
    libc.call(Function.CLOSE, fd);
    return count == 0;
  }

  private void write(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    path.copyIn(bytes, 0, 0, bytes.length);
    path.putByte(bytes.length, (byte) 0);
  }
}
