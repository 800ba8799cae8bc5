package dev.coffey.process.linux;

import java.util.Map;

/// Error numbers and their texts, as Linux has them on both processors.
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int EBADF = 9;
  public static final int ECHILD = 10;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EEXIST = 17;
  public static final int ENOTDIR = 20;
  public static final int EINVAL = 22;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int EPIPE = 32;
  public static final int ENOSYS = 38;
  public static final int EAFNOSUPPORT = 97;
  public static final int EADDRINUSE = 98;

  private static final Map<Integer, String> TEXTS =
      Map.ofEntries(
          Map.entry(EPERM, "operation not permitted"),
          Map.entry(ENOENT, "no such file or directory"),
          Map.entry(ESRCH, "no such process"),
          Map.entry(EINTR, "interrupted system call"),
          Map.entry(EIO, "input/output error"),
          Map.entry(6, "no such device or address"),
          Map.entry(7, "argument list too long"),
          Map.entry(8, "exec format error"),
          Map.entry(EBADF, "bad file descriptor"),
          Map.entry(ECHILD, "no child processes"),
          Map.entry(EAGAIN, "resource temporarily unavailable"),
          Map.entry(ENOMEM, "cannot allocate memory"),
          Map.entry(EACCES, "permission denied"),
          Map.entry(14, "bad address"),
          Map.entry(16, "device or resource busy"),
          Map.entry(EEXIST, "file exists"),
          Map.entry(18, "invalid cross-device link"),
          Map.entry(19, "no such device"),
          Map.entry(ENOTDIR, "not a directory"),
          Map.entry(21, "is a directory"),
          Map.entry(EINVAL, "invalid argument"),
          Map.entry(ENFILE, "too many open files in system"),
          Map.entry(EMFILE, "too many open files"),
          Map.entry(25, "inappropriate ioctl for device"),
          Map.entry(26, "text file busy"),
          Map.entry(27, "file too large"),
          Map.entry(28, "no space left on device"),
          Map.entry(30, "read-only file system"),
          Map.entry(EPIPE, "broken pipe"),
          Map.entry(36, "file name too long"),
          Map.entry(ENOSYS, "function not implemented"),
          Map.entry(40, "too many levels of symbolic links"),
          Map.entry(95, "operation not supported"),
          Map.entry(EAFNOSUPPORT, "address family not supported"),
          Map.entry(EADDRINUSE, "address already in use"),
          Map.entry(99, "address not available"),
          Map.entry(110, "connection timed out"),
          Map.entry(111, "connection refused"),
          Map.entry(122, "disk quota exceeded"));

  private Errno() {}

  /// The error in words.
  public static String text(int errno) {
    return TEXTS.getOrDefault(errno, "error number " + errno);
  }

  /// Whether the machine lacks something for the moment and the same may work later.
  public static boolean isShortage(int errno) {
    return switch (errno) {
      case EAGAIN, ENOMEM, ENFILE, EMFILE -> true;
      default -> false;
    };
  }
}
