package dev.coffey.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A small C program that prints what it got; tests that need it are skipped without a compiler.
final class Fixture {
  private Fixture() {}

  /// Compiled once into a directory; the same for all tests of a run.
  static Path build(Path directory) throws IOException, InterruptedException {
    Path source = directory.resolve("fixture.c");
    Path program = directory.resolve("fixture");
    try (InputStream in = Fixture.class.getResourceAsStream("/process/fixture.c")) {
      Files.write(source, in.readAllBytes());
    }
    assumeTrue(compiled(source, program), "no C compiler");
    return program;
  }

  /// The value of a line `name value`.
  static String value(String output, String name) {
    return values(output, name).stream().findFirst().orElse("missing");
  }

  static List<String> values(String output, String name) {
    List<String> values = new ArrayList<>();
    for (String line : output.split("\n", -1)) {
      if (line.equals(name) || line.startsWith(name + " ")) {
        values.add(line.substring(Math.min(line.length(), name.length() + 1)));
      }
    }
    return values;
  }

  private static boolean compiled(Path source, Path program) throws InterruptedException {
    try {
      Process compiler =
          new ProcessBuilder("gcc", "-O1", "-o", program.toString(), source.toString())
              .inheritIO()
              .start();
      return compiler.waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
