package dev.coffey.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command that has ended: its exit code and all it wrote.
record Ran(int exit, String out, String err) {
  private static final long SECONDS_MAX = 60;

  static Ran in(Path directory, String... command) throws IOException, InterruptedException {
    return in(directory, Map.of(), command);
  }

  /// Runs in a clean environment: PATH, HOME and what is given.
  static Ran in(Path directory, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("ran", ".out");
    Path err = Files.createTempFile("ran", ".err");
    try {
      Process process =
          builder(directory, environment, List.of(command))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after a minute: " + List.of(command));
      }
      return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /// A process to come, with nothing on standard input and a clean environment.
  static ProcessBuilder builder(
      Path directory, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.directory(directory.toFile()).redirectInput(Path.of("/dev/null").toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
    builder.environment().putAll(environment);
    return builder;
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
