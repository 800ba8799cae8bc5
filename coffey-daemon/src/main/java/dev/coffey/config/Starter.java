package dev.coffey.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Writes a first configuration to start from, and never over an existing one.
final class Starter {
  private static final String STARTER = "starter.yaml";
  private static final String USUAL = "coffey.yaml";

  /// What became of it.
  sealed interface Outcome {
    record Written(Path file) implements Outcome {}

    /// Nothing was written.
    ///
    /// @param code the exit code
    record Failed(int code, String sentence) implements Outcome {}
  }

  private Starter() {}

  /// Writes the file that is named, or the usual one.
  static Outcome write(Path directory, List<String> words) throws CommandOptions.Misused {
    if (words.size() > 1) {
      throw new CommandOptions.Misused("only one file can be named");
    }
    Path file = directory.resolve(words.isEmpty() ? USUAL : words.getFirst()).normalize();
    try {
      Files.write(file, text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new Outcome.Written(file);
    } catch (FileAlreadyExistsException _) {
      return failed(ConfigCommands.REFUSED, file, "it is there already");
    } catch (NoSuchFileException _) {
      return failed(ConfigCommands.FAILED, file, "there is no such directory");
    } catch (IOException failed) {
      return failed(ConfigCommands.FAILED, file, FileSet.reason(failed));
    }
  }

  private static Outcome failed(int code, Path file, String reason) {
    return new Outcome.Failed(code, "cannot write '%s': %s".formatted(file, reason));
  }

  static byte[] text() throws IOException {
    try (InputStream in = Starter.class.getResourceAsStream(STARTER)) {
      if (in == null) {
        throw new AssertionError("resource is missing: " + STARTER);
      }
      return in.readAllBytes();
    }
  }
}
