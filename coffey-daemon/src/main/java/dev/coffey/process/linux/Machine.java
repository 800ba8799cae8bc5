package dev.coffey.process.linux;

/// What differs between processors.
final class Machine {
  /// Everything else is taken to be aarch64, whose numbers and layouts are the generic ones.
  static final boolean X86_64 = "amd64".equals(System.getProperty("os.arch"));

  private Machine() {}
}
