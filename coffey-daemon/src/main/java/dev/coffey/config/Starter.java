package dev.coffey.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
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

  private final Host host;
  private final PrintStream out;
  private final PrintStream err;

  Starter(Host host, PrintStream out, PrintStream err) {
    this.host = host;
    this.out = out;
    this.err = err;
  }

  int write(List<String> words) throws CommandOptions.Misused {
    if (words.size() > 1) {
      throw new CommandOptions.Misused("only one file can be named");
    }
    String name = words.isEmpty() ? USUAL : words.getFirst();
    Path file = host.workingDirectory().resolve(name).normalize();
    try {
      Files.write(file, text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      out.println("wrote '%s'; try: coffeyd validate %s".formatted(file, name));
      return ConfigCommands.DONE;
    } catch (FileAlreadyExistsException _) {
      err.println("cannot write '%s': it is there already".formatted(file));
      return ConfigCommands.REFUSED;
    } catch (NoSuchFileException _) {
      err.println("cannot write '%s': there is no such directory".formatted(file));
      return 1;
    } catch (IOException failed) {
      err.println("cannot write '%s': %s".formatted(file, FileSet.reason(failed)));
      return 1;
    }
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
