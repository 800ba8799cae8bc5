package dev.coffey.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// `tree TARGET VERSION SOURCE=PLACE…` makes the tree, `archive TREE FILE` packs it.
final class Assemble {
  private Assemble() {}

  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "tree" -> tree(Path.of(args[1]), args[2], Arrays.asList(args).subList(3, args.length));
      case "archive" -> Tarball.pack(Path.of(args[1]), Path.of(args[2]));
      default -> throw new IllegalArgumentException("tree or archive, not '%s'".formatted(args[0]));
    }
  }

  private static void tree(Path target, String version, Iterable<String> sources)
      throws IOException {
    Parts parts = new Parts(version);
    for (String source : sources) {
      int equals = source.lastIndexOf('=');
      parts.add(Path.of(source.substring(0, equals)), source.substring(equals + 1));
    }
    Tree.update(target, parts.contents());
  }
}
