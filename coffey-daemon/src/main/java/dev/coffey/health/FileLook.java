package dev.coffey.health;

import java.nio.file.Files;
import java.nio.file.Path;

/// Good when a path exists.
record FileLook(String path) implements Look {
  @Override
  public Verdict take() {
    return Files.exists(Path.of(path))
        ? Verdict.good(path + " exists")
        : Verdict.bad(path + " does not exist");
  }
}
