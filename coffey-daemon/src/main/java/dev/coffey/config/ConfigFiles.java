package dev.coffey.config;

import dev.coffey.config.lint.Facts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The files of the machine, as far as configuration needs them.
public interface ConfigFiles extends Facts {
  /// Whether there is anything of that name, if only a link that leads nowhere.
  boolean isThere(Path path);

  boolean isDirectory(Path path);

  /// What a file holds, or as much of it as shows that it is too large.
  byte[] read(Path file) throws IOException;

  /// The names in a directory, in any order.
  List<String> list(Path directory) throws IOException;
}
