package dev.coffey.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Collects what belongs into the distribution, by its place there.
final class Parts {
  private final String version;
  private final SortedMap<String, Content> contents = new TreeMap<>();

  Parts(String version) {
    this.version = version;
  }

  SortedMap<String, Content> contents() {
    return contents;
  }

  /// Adds a file, or all that is below a directory.
  void add(Path source, String place) throws IOException {
    try (Stream<Path> found = Files.walk(source)) {
      List<Path> files = found.filter(Files::isRegularFile).toList();
      if (files.isEmpty()) {
        throw new IOException("cannot assemble: nothing is in '%s'".formatted(source));
      }
      for (Path file : files) {
        String below = source.relativize(file).toString();
        addFile(file, below.isEmpty() || place.isEmpty() ? place + below : place + "/" + below);
      }
    }
  }

  private void addFile(Path file, String place) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (isText(bytes)) {
      bytes = new String(bytes, UTF_8).replace("@version@", version).getBytes(UTF_8);
    }
    Content earlier = contents.put(place, new Content(bytes, Files.isExecutable(file)));
    if (earlier != null) {
      throw new IOException("cannot assemble: two files want to be '%s'".formatted(place));
    }
  }

  /// Programs and packed files have a zero among their bytes, text has none.
  private static boolean isText(byte[] bytes) {
    for (byte value : bytes) {
      if (value == 0) {
        return false;
      }
    }
    return true;
  }
}
