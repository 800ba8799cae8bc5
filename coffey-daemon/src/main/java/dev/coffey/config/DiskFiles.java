package dev.coffey.config;

import dev.coffey.config.tree.YamlParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of this machine.
public final class DiskFiles implements ConfigFiles {
  private static final Path DEVICES = Path.of("/dev");

  @Override
  public boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
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
    if (waits(file)) {
      throw refused(file, "it is a pipe, a socket or a device");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(YamlParser.FILE_BYTES_MAX + 1);
    }
  }

  /// Whether reading it may wait for somebody who writes. Devices are named on purpose:
  /// `/dev/stdin`, or a link to `/dev/null` as an empty file.
  private static boolean waits(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).isOther()
          && !file.startsWith(DEVICES)
          && !file.toRealPath().startsWith(DEVICES);
    } catch (NoSuchFileException missing) {
      if (Files.isSymbolicLink(file)) {
        String target = Files.readSymbolicLink(file).toString();
        throw refused(file, "it is a link to '%s', which is not there".formatted(target));
      }
      throw missing;
    }
  }

  private static IOException refused(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
