package dev.coffey.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One run's control group of version 2. It holds all of the run's processes, whatever session or
/// parent they have gone to.
record Cgroup(Path directory) {
  private static final int DEPTH_MAX = 32;

  /// Puts a process in, which must not have made others yet.
  void join(int pid) throws IOException {
    write("cgroup.procs", Integer.toString(pid));
  }

  void write(String file, String value) throws IOException {
    Files.writeString(directory.resolve(file), value);
  }

  boolean has(String file) {
    return Files.exists(directory.resolve(file));
  }

  /// Kills all members at once. False where the kernel cannot, before 5.14 or in a threaded group.
  boolean kill() {
    try {
      write("cgroup.kill", "1");
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /// Whether anybody is in it or below.
  boolean populated() {
    return number("cgroup.events", "populated ") > 0;
  }

  /// How often the kernel killed a member because the group had no memory left.
  long memoryKills() {
    return number("memory.events", "oom_kill ");
  }

  /// The members, and those of the groups that they made.
  List<Integer> members() {
    List<Integer> members = new ArrayList<>();
    for (Path group : withBelow()) {
      lines(group.resolve("cgroup.procs"))
          .forEach(line -> members.add(Integer.parseInt(line.strip())));
    }
    return members;
  }

  /// Gives it back to the kernel, which refuses as long as somebody is in it.
  void remove() throws IOException {
    for (Path group : withBelow().reversed()) {
      Files.deleteIfExists(group);
    }
  }

  /// Gives back what of it and of those below holds nobody. Tells whether nothing is left.
  boolean removeEmpty() {
    boolean all = true;
    for (Path group : withBelow().reversed()) {
      try {
        Files.deleteIfExists(group);
      } catch (IOException inUse) {
        all = false;
      }
    }
    return all;
  }

  /// Each before those below it.
  private List<Path> withBelow() {
    List<Path> groups = new ArrayList<>(List.of(directory));
    for (int at = 0; at < groups.size() && depth(groups.get(at)) < DEPTH_MAX; at++) {
      groups.addAll(below(groups.get(at)));
    }
    return groups;
  }

  private int depth(Path group) {
    return group.getNameCount() - directory.getNameCount();
  }

  private static List<Path> below(Path group) {
    List<Path> below = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(group, Files::isDirectory)) {
      entries.forEach(below::add);
      return below;
    } catch (IOException gone) {
      return List.of();
    }
  }

  /// Where the kernel writes whether anybody is in it, and tells those who wait of a change.
  Path events() {
    return directory.resolve("cgroup.events");
  }

  private long number(String file, String key) {
    return lines(directory.resolve(file)).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.substring(key.length()).strip()))
        .findFirst()
        .orElse(0);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException gone) {
      return List.of();
    }
  }
}
