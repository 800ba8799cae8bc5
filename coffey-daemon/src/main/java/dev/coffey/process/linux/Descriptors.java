package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// File descriptors: pipes, files by path, reading and writing. All that is opened here is closed
/// on exec.
public final class Descriptors {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0x40;
  public static final int O_TRUNC = 0x200;
  public static final int O_APPEND = 0x400;
  public static final int O_NONBLOCK = 0x800;

  private static final int O_CLOEXEC = 0x80000;
  private static final int AT_FDCWD = -100;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int FD_CLOEXEC = 1;

  private final Libc libc;

  /// Where both ends of a new pipe are written; made with the first pipe.
  private @Nullable NativeBuffer ends;

  public Descriptors(Libc libc) {
    this.libc = libc;
  }

  /// Both ends of a new pipe.
  public record Pipe(int readEnd, int writeEnd) {}

  /// A pipe whose ends both block.
  public synchronized Pipe pipe() throws LinuxException {
    NativeBuffer into = ends;
    if (into == null) {
      into = NativeBuffer.shared(2 * Integer.BYTES);
      ends = into;
    }
    checked(libc.call(Function.PIPE2, into.address(), O_CLOEXEC), "make a pipe");
    return new Pipe(into.intAt(0), into.intAt(Integer.BYTES));
  }

  /// Opens a path; `mode` counts only with `O_CREAT`.
  public int open(String path, int flags, int mode) throws LinuxException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    try (NativeBuffer text = NativeBuffer.own(name.length + 1L)) {
      text.copyIn(name, 0, 0, name.length);
      long answer =
          libc.system(
              SystemCall.OPENAT, AT_FDCWD, text.address(), flags | (long) O_CLOEXEC, mode, 0);
      return (int) checked(answer, "open '%s'".formatted(path));
    }
  }

  /// Gives a descriptor back; one that is not open is left alone.
  public void close(int fd) {
    libc.call(Function.CLOSE, fd);
  }

  /// How many bytes were read; 0 at the end of the file, `-errno` on an error.
  public long read(int fd, NativeBuffer into, long offset, long lengthBytes) {
    long address = into.address(offset, lengthBytes);
    long answer;
    do {
      answer = libc.call(Function.READ, fd, address, lengthBytes);
    } while (answer == -Errno.EINTR);
    return answer;
  }

  /// How many bytes were written, perhaps fewer than given; `-errno` on an error.
  public long write(int fd, NativeBuffer from, long offset, long lengthBytes) {
    long address = from.address(offset, lengthBytes);
    long answer;
    do {
      answer = libc.call(Function.WRITE, fd, address, lengthBytes);
    } while (answer == -Errno.EINTR);
    return answer;
  }

  /// Asks the disk to have everything that was written; data alone is enough for appended logs.
  public void sync(int fd, boolean dataOnly) throws LinuxException {
    checked(libc.call(dataOnly ? Function.FDATASYNC : Function.FSYNC, fd), "sync to disk");
  }

  /// Lets reads and writes of this open file answer EAGAIN instead of waiting.
  public void setNonBlocking(int fd, boolean nonBlocking) throws LinuxException {
    long flags = checked(control(fd, F_GETFL, 0), "read the flags of a descriptor");
    long wanted = nonBlocking ? flags | O_NONBLOCK : flags & ~(long) O_NONBLOCK;
    checked(control(fd, F_SETFL, wanted), "set the flags of a descriptor");
  }

  /// Whether there is a terminal behind it, on either side.
  public boolean isTerminal(int fd) {
    return libc.call(Function.ISATTY, fd) == 1;
  }

  /// Whether the descriptor is closed when this program is replaced by another.
  public void setCloseOnExec(int fd, boolean closed) throws LinuxException {
    checked(control(fd, F_SETFD, closed ? FD_CLOEXEC : 0), "set the flags of a descriptor");
  }

  /// The size of the pipe's buffer, rounded up by the kernel.
  public int setPipeSize(int fd, int sizeBytes) throws LinuxException {
    return (int) checked(control(fd, F_SETPIPE_SZ, sizeBytes), "resize a pipe");
  }

  /// A second descriptor of the same open file, not below a number.
  public int duplicate(int fd, int atLeast) throws LinuxException {
    return (int) checked(control(fd, F_DUPFD_CLOEXEC, atLeast), "duplicate a descriptor");
  }

  private long control(int fd, int command, long argument) {
    return libc.system(SystemCall.FCNTL, fd, command, argument, 0, 0);
  }
}
