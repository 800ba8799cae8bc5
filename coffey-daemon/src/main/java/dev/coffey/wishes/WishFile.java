package dev.coffey.wishes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The file itself: a line that says its version, then `up NAME` or `down NAME`, a line each. It is
/// replaced whole, so that it is either the one or the other, whenever the machine goes down.
final class WishFile {
  static final String HEADER = "coffey wishes 1";

  /// More than a hundred thousand services need.
  static final long BYTES_MAX = 16L << 20;

  private static final System.Logger LOG = System.getLogger("coffey.wishes");
  private static final String UP = "up ";
  private static final String DOWN = "down ";

  private final Path file;

  WishFile(Path file) {
    this.file = file;
  }

  /// What is kept. A file that cannot be read is as if it were not there, and so is a line.
  SortedMap<ServiceName, Boolean> read() {
    try {
      long size = Files.size(file);
      if (size > BYTES_MAX) {
        throw new IOException("it has %d bytes, more than %d".formatted(size, BYTES_MAX));
      }
      return parsed(new String(Files.readAllBytes(file), UTF_8));
    } catch (NoSuchFileException _) {
      return Collections.emptySortedMap();
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot read ''{0}'': {1}; services start as the configuration says",
          file,
          e.getMessage());
      return Collections.emptySortedMap();
    }
  }

  private SortedMap<ServiceName, Boolean> parsed(String text) throws IOException {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(HEADER)) {
      throw new IOException("its first line is not '%s'".formatted(HEADER));
    }
    SortedMap<ServiceName, Boolean> wishes = new TreeMap<>();
    for (int number = 1; number < lines.length - 1; number++) {
      read(lines[number], wishes);
    }
    if (!lines[lines.length - 1].isEmpty()) {
      skip(lines[lines.length - 1]);
    }
    return wishes;
  }

  private void read(String line, SortedMap<ServiceName, Boolean> wishes) {
    boolean up = line.startsWith(UP);
    if (!up && !line.startsWith(DOWN)) {
      skip(line);
      return;
    }
    try {
      wishes.put(new ServiceName(line.substring(up ? UP.length() : DOWN.length())), up);
    } catch (IllegalArgumentException e) {
      skip(line);
    }
  }

  private void skip(String line) {
    LOG.log(
        System.Logger.Level.WARNING,
        "''{0}'': not a wish and a name, passed over: {1}",
        file,
        line.substring(0, Math.min(100, line.length())));
  }

  void write(Map<ServiceName, Boolean> wishes) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    new TreeMap<>(wishes)
        .forEach((name, up) -> text.append(up ? UP : DOWN).append(name).append('\n'));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
