package dev.coffey.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Looks into /proc for what a daemon under test has left running.
final class Processes {
  private Processes() {}

  /// What a script of a directory begins with, so that all it becomes or starts can be told.
  static String mark(Path directory) {
    return "export COFFEY_TEST=%s%n".formatted(directory);
  }

  /// The processes that run a script of the directory, and all that carry its mark.
  static List<Long> naming(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(Path.of("/proc"))) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(Long::valueOf)
          .filter(pid -> pid != ProcessHandle.current().pid())
          .filter(pid ->
              words(pid, "cmdline").contains(directory + "/")
                  || words(pid, "environ").contains(" COFFEY_TEST=" + directory + " "))
          .toList();
    }
  }

  /// Kills what is left, and what that has started.
  static void end(Path directory) throws IOException {
    for (long pid : naming(directory)) {
      ProcessHandle.of(pid)
          .ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
          });
    }
  }

  static boolean alive(long pid) {
    return Files.exists(Path.of("/proc/" + pid)) && !state(pid).equals("Z");
  }

  static void signal(long pid, String name) throws IOException, InterruptedException {
    Ran kill = Ran.in(Path.of("/"), "kill", "-" + name, Long.toString(pid));
    if (kill.exit() != 0) {
      throw new AssertionError(kill.err());
    }
  }

  /// Each word between blanks; empty for a zombie and for a process that ended in the meantime.
  private static String words(long pid, String file) {
    return " " + read(pid, file).replace('\0', ' ') + " ";
  }

  private static String state(long pid) {
    String stat = read(pid, "stat");
    int end = stat.lastIndexOf(')');
    return end < 0 ? "Z" : stat.substring(end + 2, end + 3);
  }

  private static String read(long pid, String file) {
    try {
      return new String(Files.readAllBytes(Path.of("/proc/" + pid, file)), UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
