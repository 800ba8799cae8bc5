package dev.coffey.process;

import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the file that a service executes, and says in words why it could not be executed.
final class BinaryLookup {
  private static final int INTERPRETER_BYTES_MAX = 256;
  private static final int EXEC_FORMAT_ERROR = 8;

  private static final String ELF = "\u007fELF";
  private static final int ELF_MACHINE = 18;
  private static final int ELF_BYTES_MIN = 52;

  /// Where it exists, the kernel may execute more formats than we know.
  private static final Path OTHER_FORMATS = Path.of("/proc/sys/fs/binfmt_misc/status");

  private BinaryLookup() {}

  /// A binary with a slash is taken as it is, from `directory`; others are looked for in `path`.
  static Path find(String binary, String path, String directory) throws LaunchException {
    if (binary.startsWith("/")) {
      return Path.of(binary);
    }
    if (binary.indexOf('/') >= 0) {
      return Path.of(directory).resolve(binary);
    }
    Path refused = null;
    for (String entry : path.split(":", -1)) {
      Path candidate = Path.of(directory).resolve(entry).resolve(binary);
      if (Files.isRegularFile(candidate)) {
        if (Files.isExecutable(candidate)) {
          return candidate;
        }
        refused = candidate;
      }
    }
    if (refused != null) {
      throw new LaunchException(explained(Errno.EACCES, refused, directory));
    }
    throw new LaunchException(
        "exec", "cannot exec '%s': not found in PATH '%s'".formatted(binary, path));
  }

  /// Finds what a spawn would say of this file, for a chain whose helpers would say it in its
  /// place; one of them would even hand a text file to a shell.
  static void examine(Path binary, String directory) throws LaunchException {
    if (!Files.exists(binary)) {
      throw new LaunchException(explained(Errno.ENOENT, binary, directory));
    }
    if (!Files.isRegularFile(binary) || !Files.isExecutable(binary)) {
      throw new LaunchException(explained(Errno.EACCES, binary, directory));
    }
    String head = head(binary);
    boolean program = head.startsWith(ELF) && isOfThisMachine(head);
    Optional<String> interpreter = interpreter(binary);
    if (interpreter.isPresent() && !Files.exists(Path.of(interpreter.get()))) {
      throw new LaunchException(explained(Errno.ENOENT, binary, directory));
    }
    boolean known = program || interpreter.isPresent() || head.isEmpty();
    if (!known && !Files.exists(OTHER_FORMATS)) {
      throw new LaunchException(explained(EXEC_FORMAT_ERROR, binary, directory));
    }
  }

  /// What the error of a spawn means. It does not tell the step, so the directory is looked at.
  static LaunchFailure explained(int errno, Path binary, String directory) {
    if (Errno.isShortage(errno)) {
      return new LaunchFailure("resources", "cannot launch: " + Errno.text(errno), true);
    }
    if (!Files.isDirectory(Path.of(directory)) || !Files.isExecutable(Path.of(directory))) {
      return new LaunchFailure(
          "chdir",
          "cannot enter directory '%s': %s".formatted(directory, directoryTrouble(directory)),
          false);
    }
    return new LaunchFailure(
        "exec", "cannot exec '%s': %s".formatted(binary, trouble(errno, binary)), false);
  }

  private static String directoryTrouble(String directory) {
    Path path = Path.of(directory);
    if (!Files.exists(path)) {
      return Errno.text(Errno.ENOENT);
    }
    return Errno.text(Files.isDirectory(path) ? Errno.EACCES : Errno.ENOTDIR);
  }

  private static String trouble(int errno, Path binary) {
    if (errno == Errno.ENOENT && Files.exists(binary)) {
      return interpreter(binary)
          .map("its interpreter '%s' does not exist"::formatted)
          .orElse("its loader does not exist");
    }
    if (errno == Errno.EACCES && Files.isDirectory(binary)) {
      return "it is a directory";
    }
    if (errno == EXEC_FORMAT_ERROR) {
      String why =
          head(binary).startsWith(ELF)
              ? "it is made for another kind of machine"
              : "a script needs a first line such as '#!/bin/sh'";
      return Errno.text(errno) + "; " + why;
    }
    return Errno.text(errno);
  }

  private static Optional<String> interpreter(Path script) {
    String head = head(script);
    return head.startsWith("#!")
        ? Optional.of(head.substring(2).strip().split("\\s", 2)[0])
        : Optional.empty();
  }

  /// Both kinds of x86, or both of ARM.
  private static boolean isOfThisMachine(String head) {
    if (head.length() < ELF_BYTES_MIN) {
      return false;
    }
    int machine = head.charAt(ELF_MACHINE) | head.charAt(ELF_MACHINE + 1) << 8;
    return Machine.runs(machine);
  }

  /// Empty when it may be executed but not read.
  private static String head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(INTERPRETER_BYTES_MAX), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      return "";
    }
  }
}
