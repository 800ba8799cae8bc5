package dev.coffey.distribution;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Packs a tree as `tar.gz`, the same bytes for the same contents: sorted, owned by root, with the
/// files' own times. Class-data archives stay out; they fit one build of Java only and are large.
final class Tarball {
  private static final int BLOCK_BYTES = 512;
  private static final int NAME_BYTES_MAX = 100;

  private final OutputStream out;

  private Tarball(OutputStream out) {
    this.out = out;
  }

  static void pack(Path tree, Path archive) throws IOException {
    String top = archive.getFileName().toString().replaceFirst("-linux\\.tar\\.gz$", "");
    Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
    try (OutputStream out =
            new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)));
        Stream<Path> found = Files.walk(tree)) {
      List<Path> paths =
          found.filter(path -> !path.toString().endsWith(Tree.ARCHIVE_SUFFIX)).sorted().toList();
      Tarball tarball = new Tarball(out);
      for (Path path : paths) {
        Path below = tree.relativize(path);
        tarball.add(path, below.toString().isEmpty() ? top : top + "/" + below);
      }
      out.write(new byte[2 * BLOCK_BYTES]);
    }
    Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private void add(Path path, String name) throws IOException {
    if (Files.isDirectory(path)) {
      out.write(header(name + "/", 0755, 0, new Content(new byte[0], true), '5'));
      return;
    }
    Content content = new Content(Files.readAllBytes(path), Files.isExecutable(path));
    int size = content.bytes().length;
    out.write(header(name, content.executable() ? 0755 : 0644, size, content, '0'));
    out.write(content.bytes());
    out.write(new byte[(BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES]);
  }

  /// A POSIX (ustar) header; a long name is cut at a slash into prefix and name.
  private static byte[] header(String name, int mode, int size, Content content, char type) {
    byte[] header = new byte[BLOCK_BYTES];
    int cut = name.length() <= NAME_BYTES_MAX ? -1 : name.indexOf('/', name.length() - 101);
    put(header, 0, name.substring(cut + 1));
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "%011o".formatted(content.time().to(TimeUnit.SECONDS)));
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = (byte) type;
    put(header, 257, "ustar");
    put(header, 263, "00");
    put(header, 265, "root");
    put(header, 297, "root");
    put(header, 345, cut < 0 ? "" : name.substring(0, cut));
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xff;
    }
    put(header, 148, "%06o".formatted(sum));
    header[154] = 0;
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
