package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

import java.util.Optional;
import java.util.OptionalInt;

/// Waiting for children. One thread only may use it: it holds the buffer the kernel answers in.
public final class Children implements AutoCloseable {
  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int WNOHANG = 0x1;
  private static final int WEXITED = 0x4;
  private static final int WNOWAIT = 0x1000000;
  private static final int CODE_OFFSET = 8;
  private static final int PID_OFFSET = 16;
  private static final int STATUS_OFFSET = 24;
  private static final int INFO_BYTES = 128;

  private final Libc libc;
  private final NativeBuffer info = NativeBuffer.shared(INFO_BYTES);

  public Children(Libc libc) {
    this.libc = libc;
  }

  /// How a child ended.
  public sealed interface End {
    /// It returned a code.
    record Code(int code) implements End {}

    /// A signal ended it.
    record Signal(int signal, boolean coreDumped) implements End {}
  }

  /// Waits until any child has ended and tells which, without reaping it; empty without children.
  public OptionalInt awaitEnded() throws LinuxException {
    long answer = waitid(P_ALL, 0, WEXITED | WNOWAIT);
    return answer == -Errno.ECHILD ? OptionalInt.empty() : pid(answer);
  }

  /// Whether this is a child of ours that nobody has reaped.
  public boolean isOurs(int pid) {
    return waitid(P_PID, pid, WEXITED | WNOWAIT | WNOHANG) >= 0;
  }

  /// Takes the status of a child that has ended; its number may then be given away again.
  public End reap(int pid) throws LinuxException {
    checked(waitid(P_PID, pid, WEXITED), "reap process %d".formatted(pid));
    return end();
  }

  /// The same, without waiting; empty when somebody else was quicker. A spawn that fails takes the
  /// status of the process it made for itself.
  public Optional<End> reapEnded(int pid) throws LinuxException {
    long answer = waitid(P_PID, pid, WEXITED | WNOHANG);
    if (answer == -Errno.ECHILD) {
      return Optional.empty();
    }
    checked(answer, "reap a process");
    return info.intAt(PID_OFFSET) == 0 ? Optional.empty() : Optional.of(end());
  }

  private End end() {
    int status = info.intAt(STATUS_OFFSET);
    return switch (info.intAt(CODE_OFFSET)) {
      case 1 -> new End.Code(status);
      case 3 -> new End.Signal(status, true);
      default -> new End.Signal(status, false);
    };
  }

  @Override
  public void close() {
    info.close();
  }

  private OptionalInt pid(long answer) throws LinuxException {
    checked(answer, "wait for children");
    int pid = info.intAt(PID_OFFSET);
    return pid == 0 ? OptionalInt.empty() : OptionalInt.of(pid);
  }

  private long waitid(int which, int pid, int options) {
    long answer;
    do {
      answer = libc.call(Function.WAITID, which, pid, info.address(), options);
    } while (answer == -Errno.EINTR);
    return answer;
  }
}
