package dev.coffey.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The programs of the system that a launch may go through.
final class Helpers {
  static final Path SHELL = Path.of("/bin/sh");

  private static final List<String> DIRECTORIES = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

  private Helpers() {}

  /// util-linux' `setpriv`; busybox has one of that name that can do almost nothing.
  static Optional<Path> setpriv() {
    return find("setpriv").filter(Helpers::isNoBusybox);
  }

  static Optional<Path> env() {
    return find("env");
  }

  private static Optional<Path> find(String name) {
    return DIRECTORIES.stream()
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean isNoBusybox(Path helper) {
    try {
      return !helper.toRealPath().getFileName().toString().contains("busybox");
    } catch (IOException unreadable) {
      return false;
    }
  }
}
