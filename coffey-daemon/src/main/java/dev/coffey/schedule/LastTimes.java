package dev.coffey.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// When each schedule last asked for a run, kept on disk so that the next daemon knows what was
/// missed: a line each, the time and the name.
final class LastTimes {
  private static final System.Logger LOG = System.getLogger("coffey.schedule");

  private final Store store;
  private final Map<ServiceName, Instant> times = new TreeMap<>();

  /// Where they are kept for the next daemon.
  interface Store {
    void write(String text);
  }

  LastTimes(Store store) {
    this.store = store;
  }

  /// What an earlier daemon has left. A line that cannot be read is as if it were not there.
  static LastTimes read(Path file) {
    LastTimes last = new LastTimes(text -> write(file, text));
    try {
      Files.readAllLines(file, UTF_8).forEach(line -> last.readLine(file, line));
    } catch (NoSuchFileException _) {
      // The first daemon here.
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot read ''{0}'': {1}; what was missed is not known",
          file,
          e.getMessage());
    }
    return last;
  }

  private void readLine(Path file, String line) {
    int blank = line.indexOf(' ');
    try {
      Instant time = Instant.parse(line.substring(0, Math.max(0, blank)));
      times.put(new ServiceName(line.substring(blank + 1)), time);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "''{0}'': not a time and a name: {1}", file, line);
    }
  }

  Optional<Instant> of(ServiceName service) {
    return Optional.ofNullable(times.get(service));
  }

  void put(ServiceName service, Instant time) {
    times.put(service, time);
  }

  void keepOnly(java.util.Set<ServiceName> services) {
    times.keySet().retainAll(services);
  }

  void save() {
    StringBuilder text = new StringBuilder();
    times.forEach((name, time) -> text.append(time).append(' ').append(name).append('\n'));
    store.write(text.toString());
  }

  /// A disk that does not take it is no reason not to run anything.
  private static void write(Path file, String text) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text, UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot write ''{0}'': {1}; a daemon started later will not know what was missed",
          file,
          e.getMessage());
    }
  }
}
