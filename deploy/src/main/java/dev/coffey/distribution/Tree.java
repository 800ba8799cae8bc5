package dev.coffey.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A directory made equal to what it shall hold, touching only what differs.
final class Tree {
  /// Class-data archives are made from the finished tree, not put into it.
  static final String ARCHIVE_SUFFIX = ".jsa";

  private Tree() {}

  static void update(Path target, Map<String, Content> contents) throws IOException {
    Files.createDirectories(target);
    boolean changed = removeStrangers(target, contents);
    for (var entry : contents.entrySet()) {
      changed |= write(target.resolve(entry.getKey()), entry.getValue());
    }
    if (changed) {
      removeArchives(target);
    }
  }

  private static boolean removeStrangers(Path target, Map<String, Content> contents)
      throws IOException {
    boolean changed = false;
    for (Path path : below(target)) {
      String place = target.relativize(path).toString();
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        if (contents.keySet().stream().noneMatch(key -> key.startsWith(place + "/"))) {
          Files.delete(path);
        }
      } else if (!contents.containsKey(place) && !place.endsWith(ARCHIVE_SUFFIX)) {
        Files.delete(path);
        changed = true;
      }
    }
    return changed;
  }

  private static boolean write(Path file, Content content) throws IOException {
    boolean differs =
        !Files.exists(file)
            || !Files.getLastModifiedTime(file).equals(content.time())
            || !Arrays.equals(Files.readAllBytes(file), content.bytes());
    if (differs) {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.write(file, content.bytes());
      Files.setLastModifiedTime(file, content.time());
    }
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(content.executable() ? "rwxr-xr-x" : "rw-r--r--"));
    return differs;
  }

  private static void removeArchives(Path target) throws IOException {
    for (Path path : below(target)) {
      if (path.toString().endsWith(ARCHIVE_SUFFIX)) {
        Files.delete(path);
      }
    }
  }

  /// All that is below, deepest first.
  private static List<Path> below(Path target) throws IOException {
    try (Stream<Path> found = Files.walk(target)) {
      return found.skip(1).sorted(Comparator.reverseOrder()).toList();
    }
  }
}
