package dev.coffey.process.linux;

/// Numbers of system calls, which differ between the two processors we know.
enum SystemCall {
  CLOSE_RANGE(436, 436),
  FCNTL(72, 25),
  IOCTL(16, 29),
  IOPRIO_SET(251, 30),
  OPENAT(257, 56),
  PIDFD_OPEN(434, 434),
  PIDFD_SEND_SIGNAL(424, 424),
  PRCTL(157, 167),
  STATX(332, 291);

  private final int onX86;
  private final int onArm;

  SystemCall(int onX86, int onArm) {
    this.onX86 = onX86;
    this.onArm = onArm;
  }

  long number() {
    return Machine.X86_64 ? onX86 : onArm;
  }
}
