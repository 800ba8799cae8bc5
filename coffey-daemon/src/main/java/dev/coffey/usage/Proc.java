package dev.coffey.usage;

import dev.coffey.lifecycle.RunId;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The kernel's numbers, read from below one directory, which a test may fill itself.
final class Proc {
  private static final long AUXV_PAGE_SIZE = 6;
  private static final long PAGE_BYTES_USUAL = 4096;

  private static final int READ_BYTES = 4096;

  private final Path proc;
  private final Path cgroups;
  private final Map<RunId, Optional<Path>> groups = new HashMap<>();

  /// Where version 2 of control groups is mounted matters only to runs that have one.
  Proc(Path proc, Path cgroups) {
    this.proc = proc;
    this.cgroups = cgroups;
  }

  static Proc ofThisMachine() {
    Path proc = Path.of("/proc");
    return new Proc(proc, mountPoint(proc));
  }

  List<ProcessRow> all() {
    List<ProcessRow> rows = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path entry : entries) {
        text(entry.resolve("stat")).flatMap(ProcessRow::parse).ifPresent(rows::add);
      }
    } catch (IOException unreadable) {
      return List.of();
    }
    return rows;
  }

  /// How many descriptors are open; newer kernels say so as the size of the directory.
  int descriptors(int pid) {
    Path directory = proc.resolve(pid + "/fd");
    try {
      long size = Files.size(directory);
      return size > 0 ? (int) size : listed(directory);
    } catch (IOException refused) {
      return 0;
    }
  }

  /// The control group that was made for one run; empty when the run has none. A run is put into
  /// one before it begins, or never.
  Optional<Path> cgroup(int pid, RunId run) {
    return groups.computeIfAbsent(run, _ -> cgroup(pid, run.toString()));
  }

  /// Nobody asks about others any more.
  void keep(Set<RunId> runs) {
    groups.keySet().retainAll(runs);
  }

  private Optional<Path> cgroup(int pid, String run) {
    return text(proc.resolve(pid + "/cgroup")).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("0::/") && line.contains("/coffey."))
        .filter(line -> line.endsWith("." + run))
        .map(line -> cgroups.resolve(line.substring(4)))
        .filter(Files::isDirectory)
        .findFirst();
  }

  OptionalLong number(Path group, String file, String key) {
    return text(group.resolve(file)).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).strip())
        .filter(digits -> digits.matches("[0-9]{1,18}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  /// Seconds since boot, with two digits behind the point.
  double uptimeSeconds() {
    return text(proc.resolve("uptime"))
        .map(line -> Double.parseDouble(line.split(" ", -1)[0]))
        .orElse(0.0);
  }

  /// From the auxiliary vector, pairs of longs, where 6 names the size of a page.
  long pageBytes() {
    try {
      ByteBuffer vector =
          ByteBuffer.wrap(Files.readAllBytes(proc.resolve("self/auxv")))
              .order(ByteOrder.nativeOrder());
      while (vector.remaining() >= 2 * Long.BYTES) {
        long name = vector.getLong();
        long value = vector.getLong();
        if (name == AUXV_PAGE_SIZE) {
          return value;
        }
      }
    } catch (IOException unreadable) {
      return PAGE_BYTES_USUAL;
    }
    return PAGE_BYTES_USUAL;
  }

  private static int listed(Path directory) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path _ : entries) {
        count++;
      }
    }
    return count;
  }

  private static Path mountPoint(Path proc) {
    return text(proc.resolve("self/mountinfo")).stream()
        .flatMap(String::lines)
        .filter(line -> line.contains(" - cgroup2 "))
        .map(line -> Path.of(line.split(" ", -1)[4]))
        .findFirst()
        .orElse(Path.of("/sys/fs/cgroup"));
  }

  /// These files are short and tell no size, for which the JDK would ask twice.
  private static Optional<String> text(Path file) {
    byte[] buffer = new byte[READ_BYTES];
    StringBuilder text = new StringBuilder();
    try (FileInputStream in = new FileInputStream(file.toString())) {
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      }
      return Optional.of(text.toString());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
