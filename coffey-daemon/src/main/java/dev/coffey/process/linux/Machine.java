package dev.coffey.process.linux;

/// What differs between processors.
public final class Machine {
  /// Everything else is taken to be aarch64, whose numbers and layouts are the generic ones.
  static final boolean X86_64 = "amd64".equals(System.getProperty("os.arch"));

  private static final int ELF_386 = 3;
  private static final int ELF_ARM = 40;
  private static final int ELF_X86_64 = 62;
  private static final int ELF_AARCH64 = 183;

  private Machine() {}

  /// Whether it may execute programs whose header names this processor.
  public static boolean runs(int elfMachine) {
    return X86_64
        ? elfMachine == ELF_X86_64 || elfMachine == ELF_386
        : elfMachine == ELF_AARCH64 || elfMachine == ELF_ARM;
  }
}
