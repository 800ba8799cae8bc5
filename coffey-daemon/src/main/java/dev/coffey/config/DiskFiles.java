package dev.coffey.config;

import dev.coffey.config.tree.YamlParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of this machine.
public final class DiskFiles implements ConfigFiles {

  @Override
  public boolean isFile(Path path) {
    return Files.exists(path) && !Files.isDirectory(path);
  }

  @Override
  public boolean isDirectory(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public Optional<FileFacts> facts(Path path) {
    try {
      boolean directory = Files.isDirectory(path);
      boolean executable = Files.isExecutable(path);
      var permissions = Files.getPosixFilePermissions(path);
      boolean open = permissions.contains(PosixFilePermission.OTHERS_WRITE);
      return Optional.of(new FileFacts(directory, executable, open));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(YamlParser.FILE_BYTES_MAX + 1);
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
