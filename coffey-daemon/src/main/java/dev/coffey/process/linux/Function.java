package dev.coffey.process.linux;

import static dev.coffey.process.linux.Function.Answer.ERROR_NUMBER;
import static dev.coffey.process.linux.Function.Answer.INT;
import static dev.coffey.process.linux.Function.Answer.LONG;

import java.util.Locale;

/// The functions of libc that are called. Those of variable arguments go through `syscall`.
enum Function {
  BIND(INT),
  CLOSE(INT),
  EPOLL_CREATE1(INT),
  EPOLL_CTL(INT),
  EPOLL_WAIT(INT, true),
  EVENTFD(INT),
  FCHMOD(INT),
  FDATASYNC(INT, true),
  FSYNC(INT, true),
  GETGRNAM_R(ERROR_NUMBER, true),
  GETPID(INT),
  GETPWNAM_R(ERROR_NUMBER, true),
  GETPWUID_R(ERROR_NUMBER, true),
  GETSID(INT),
  ISATTY(INT),
  KILL(INT),
  LISTEN(INT),
  MEMCHR(LONG),
  PIPE2(INT),
  POSIX_SPAWN(ERROR_NUMBER, true),
  POSIX_SPAWN_FILE_ACTIONS_ADDCHDIR_NP(ERROR_NUMBER),
  POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP(ERROR_NUMBER),
  POSIX_SPAWN_FILE_ACTIONS_ADDDUP2(ERROR_NUMBER),
  POSIX_SPAWN_FILE_ACTIONS_ADDOPEN(ERROR_NUMBER),
  POSIX_SPAWN_FILE_ACTIONS_DESTROY(ERROR_NUMBER),
  POSIX_SPAWN_FILE_ACTIONS_INIT(ERROR_NUMBER),
  POSIX_SPAWNATTR_INIT(ERROR_NUMBER),
  POSIX_SPAWNATTR_SETFLAGS(ERROR_NUMBER),
  POSIX_SPAWNATTR_SETSIGDEFAULT(ERROR_NUMBER),
  POSIX_SPAWNATTR_SETSIGMASK(ERROR_NUMBER),
  PRLIMIT(INT),
  READ(LONG, true),
  SETPRIORITY(INT),
  SETSOCKOPT(INT),
  SIGFILLSET(INT),
  SIGNAL(LONG),
  SOCKET(INT),
  SYSCALL(LONG, true),
  WAITID(INT, true),
  WRITE(LONG, true);

  /// How a function answers.
  enum Answer {
    /// An int; -1 means errno. The upper half of the register is not defined.
    INT,
    /// A long; -1 means errno.
    LONG,
    /// Zero or the error's number itself.
    ERROR_NUMBER
  }

  private final Answer answer;
  private final boolean blocking;

  Function(Answer answer) {
    this(answer, false);
  }

  Function(Answer answer, boolean blocking) {
    this.answer = answer;
    this.blocking = blocking;
  }

  /// Its name in libc.
  String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether the call may wait for something.
  boolean blocking() {
    return blocking;
  }

  /// One form for all answers: not negative, or `-errno`.
  long uniform(long returned, int errno) {
    return switch (answer) {
      case INT -> (int) returned == -1 ? -errno : (int) returned;
      case LONG -> returned == -1 ? -errno : returned;
      case ERROR_NUMBER -> -(int) returned;
    };
  }
}
