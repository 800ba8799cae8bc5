package dev.coffey.logs;

import dev.coffey.logs.segments.Disk;
import dev.coffey.logs.segments.LogInUseException;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// The logs of services that no run of this daemon has written: they count, and the oldest of them
/// are deleted like others. Used by the pump alone.
final class Dormant {
  private static final System.Logger LOG = System.getLogger("coffey.logs");

  private final Disk disk;
  private final Path directory;
  private final Predicate<ServiceName> awake;
  private List<Kept> files = List.of();

  /// One file of a log that nobody writes.
  private record Kept(Path path, long length, long micros) {}

  /// @param awake which logs are not dormant
  Dormant(Disk disk, Path directory, Predicate<ServiceName> awake) {
    this.disk = disk;
    this.directory = directory;
    this.awake = awake;
  }

  /// Finds out what is there.
  void look() {
    List<Kept> found = new ArrayList<>();
    try {
      for (String name : disk.directories(directory)) {
        if (ServiceName.valid(name) && !awake.test(new ServiceName(name))) {
          look(directory.resolve(name), found);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot look for old logs: {0}", e.getMessage());
    }
    found.sort(Comparator.comparingLong(Kept::micros));
    files = found;
  }

  private void look(Path log, List<Kept> found) throws IOException {
    for (String name : disk.list(log)) {
      Disk.Found file = disk.find(log.resolve(name));
      if (file.length() > 0) {
        found.add(new Kept(log.resolve(name), file.length(), file.micros()));
      }
    }
  }

  long bytes() {
    long sum = 0;
    for (Kept file : files) {
      sum += file.length();
    }
    return sum;
  }

  /// When the oldest file was written; `Long.MAX_VALUE` when there is none.
  long oldestMicros() {
    return files.isEmpty() ? Long.MAX_VALUE : files.getFirst().micros();
  }

  /// Deletes the oldest file, unless another daemon has it; how many bytes no longer count.
  long deleteOldest() throws IOException {
    Kept oldest = files.getFirst();
    files = files.subList(1, files.size());
    try (Disk.Lock _ = disk.lock(oldest.path().resolveSibling("lock"))) {
      disk.delete(oldest.path());
    } catch (LogInUseException _) {
      LOG.log(Level.DEBUG, "{0} belongs to another daemon", oldest.path());
    }
    return oldest.length();
  }
}
