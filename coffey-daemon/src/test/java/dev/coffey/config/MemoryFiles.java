package dev.coffey.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Files that exist only in a test.
final class MemoryFiles implements ConfigFiles {
  private final Map<Path, byte[]> files = new TreeMap<>();

  MemoryFiles with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  MemoryFiles with(String path, byte[] bytes) {
    files.put(Path.of(path), bytes);
    return this;
  }

  @Override
  public boolean isThere(Path path) {
    return files.containsKey(path);
  }

  @Override
  public boolean isDirectory(Path path) {
    return files.keySet().stream().anyMatch(file -> file.startsWith(path) && !file.equals(path));
  }

  /// All is as it should be, but for what has `missing`, `plain` or `open` in its name.
  @Override
  public Optional<FileFacts> facts(Path path) {
    String name = String.valueOf(path.getFileName());
    boolean directory = path.equals(Path.of("/")) || path.startsWith("/srv");
    return name.contains("missing")
        ? Optional.empty()
        : Optional.of(new FileFacts(directory, !name.contains("plain"), name.contains("open")));
  }

  @Override
  public byte[] read(Path file) throws IOException {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw new NoSuchFileException(file.toString());
    }
    return bytes;
  }

  @Override
  public List<String> list(Path directory) {
    return files.keySet().stream()
        .filter(file -> directory.equals(file.getParent()))
        .map(file -> String.valueOf(file.getFileName()))
        .toList();
  }
}
