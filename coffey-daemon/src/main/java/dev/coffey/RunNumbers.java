package dev.coffey;

import dev.coffey.lifecycle.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Keeps run ids from being used again by the next daemon: they are reserved on disk by the block,
/// so that a daemon that is killed wastes a part of one and repeats none.
final class RunNumbers {
  private static final long BLOCK = 1000;
  private static final System.Logger LOG = System.getLogger("coffey");

  private final Path file;
  private final RunId first;
  private long reservedUpTo;

  private RunNumbers(Path file, RunId first) {
    this.file = file;
    this.first = first;
    this.reservedUpTo = first.value();
  }

  static RunNumbers open(Path stateDirectory) {
    Path file = stateDirectory.resolve("runs");
    RunNumbers numbers = new RunNumbers(file, new RunId(read(file)));
    numbers.using(numbers.first);
    return numbers;
  }

  private static long read(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.matches("[1-9][0-9]{0,17}") ? Long.parseLong(text) : 1;
    } catch (NoSuchFileException _) {
      return 1;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot read ''{0}'': {1}", file, e.getMessage());
      return 1;
    }
  }

  /// The first that is free.
  RunId first() {
    return first;
  }

  /// Reserves on, when this run is the first beyond what is reserved.
  void using(RunId run) {
    if (run.value() < reservedUpTo) {
      return;
    }
    reservedUpTo = run.value() + BLOCK;
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, (reservedUpTo + "\n").getBytes(StandardCharsets.US_ASCII));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot write ''{0}'': {1}", file, e.getMessage());
    }
  }
}
