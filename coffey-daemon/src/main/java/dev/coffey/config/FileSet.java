package dev.coffey.config;

import dev.coffey.config.lint.Facts;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Source;
import dev.coffey.config.tree.Tree;
import dev.coffey.config.tree.YamlParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// Finds the files of a configuration and parses them, in the order in which they combine.
final class FileSet {
  static final int FILES_MAX = 10_000;

  private final ConfigFiles files;
  private final Host host;
  private final Problems problems;
  private final List<Document> documents = new ArrayList<>();

  FileSet(ConfigFiles files, Host host, Problems problems) {
    this.files = files;
    this.host = host;
    this.problems = problems;
  }

  /// What was found.
  ///
  /// @param base what relative paths are relative to
  record Found(Path base, List<Document> documents) {}

  Found find(List<String> configs) {
    Path base = configs.isEmpty() ? usual() : named(configs);
    return new Found(base, List.copyOf(documents));
  }

  private Path usual() {
    Path home = Locations.of(host).config();
    Path main = home.resolve("config.yaml");
    Path dropIns = home.resolve("services.d");
    Path development = host.workingDirectory().resolve("coffey.yaml");
    if (files.isThere(main) || files.isDirectory(dropIns)) {
      if (files.isThere(main)) {
        add(main, false);
      }
      addDropIns(dropIns);
      return home;
    }
    if (files.isThere(development)) {
      add(development, false);
      Path override = host.workingDirectory().resolve("coffey.override.yaml");
      if (files.isThere(override)) {
        add(override, false);
      }
      addDropIns(host.workingDirectory().resolve("services.d"));
      return host.workingDirectory();
    }
    problems.error(
        "no-configuration",
        Place.whole(Source.named(main.toString())),
        "",
        "cannot find a configuration: neither '%s' nor '%s' nor '%s' is there"
            .formatted(main, dropIns, development),
        "name one by --config, or let 'coffeyd init' write one");
    return home;
  }

  /// All main files come before all drop-ins, which are beside the first of them and in every
  /// directory that is named.
  private Path named(List<String> configs) {
    Path base = null;
    SequencedSet<Path> homes = new LinkedHashSet<>();
    for (String config : configs) {
      Path path = host.workingDirectory().resolve(config).normalize();
      boolean directory = files.isDirectory(path);
      Path main = directory ? path.resolve("config.yaml") : path;
      Path home = directory ? path : parentOf(path);
      boolean onlyDropIns = directory && files.isDirectory(path.resolve("services.d"));
      if (files.isThere(main) || !onlyDropIns) {
        add(main, false);
      }
      if (base == null) {
        base = home;
      }
      if (directory || home.equals(base)) {
        homes.add(home);
      }
    }
    if (base == null) {
      throw new AssertionError("no configuration named");
    }
    homes.forEach(home -> addDropIns(home.resolve("services.d")));
    return base;
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private void addDropIns(Path directory) {
    if (!files.isDirectory(directory)) {
      return;
    }
    List<String> names;
    try {
      names = files.list(directory);
    } catch (IOException failed) {
      unreadable(directory, failed, problems);
      return;
    }
    if (files.facts(directory).filter(Facts.FileFacts::worldWritable).isPresent()) {
      openToAll(directory, problems);
    }
    names.stream().sorted().forEach(name -> ignored(directory.resolve(name), name));
    List<String> dropIns =
        names.stream()
            .filter(FileSet::isDropIn)
            .sorted(Comparator.comparing(FileSet::bytes, Arrays::compareUnsigned))
            .toList();
    if (dropIns.size() > FILES_MAX) {
      problems.error(
          "too-many-files",
          Place.whole(Source.named(directory.toString())),
          "",
          "at most %d files are read, not %d".formatted(FILES_MAX, dropIns.size()),
          "put several services into one file, below 'services'");
      return;
    }
    dropIns.forEach(name -> add(directory.resolve(name), true));
  }

  private static void openToAll(Path path, Problems problems) {
    String message = "everybody may change '%s'".formatted(path);
    Place whole = Place.whole(Source.named(path.toString()));
    problems.warning("world-writable", whole, "", message, "chmod o-w it");
  }

  private static boolean isDropIn(String name) {
    return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
  }

  private void ignored(Path path, String name) {
    boolean meant =
        Stream.of(".json", ".toml", ".conf", ".YAML", ".YML").anyMatch(name::endsWith)
            || (name.startsWith(".") && isDropIn(name.substring(1)));
    if (meant) {
      problems.warning(
          "ignored-file",
          Place.whole(Source.named(path.toString())),
          "",
          "'%s' is not read".formatted(path),
          "name it '%s.yaml'".formatted(name.replaceAll("^\\.|\\.[^.]*$", "")));
    }
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private void add(Path path, boolean dropIn) {
    Problems own = new Problems();
    Place whole = Place.whole(Source.named(path.toString()));
    if (files.facts(path).filter(Facts.FileFacts::worldWritable).isPresent()) {
      openToAll(path, own);
    }
    Tree.Mapping top = Tree.Mapping.empty(whole);
    try {
      Tree tree = YamlParser.parse(path.toString(), files.read(path), own).orElse(top);
      if (tree instanceof Tree.Mapping mapping) {
        top = mapping;
      } else {
        String help =
            tree instanceof Tree.Sequence
                ? "write 'services:' above the list"
                : "write 'services:', below it a name, and below that 'command: …'; see 'coffeyd"
                    + " init'";
        own.error("wrong-type", tree.place(), "", "a file must be a map, not " + tree.kind(), help);
      }
    } catch (IOException failed) {
      unreadable(path, failed, own);
    }
    String name = String.valueOf(path.getFileName());
    documents.add(new Document(path.toString(), name.substring(0, dot(name)), top, dropIn, own));
  }

  private static int dot(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name.length() : dot;
  }

  private static void unreadable(Path path, IOException failed, Problems problems) {
    Place place = Place.whole(Source.named(path.toString()));
    String message = "cannot read '%s': %s".formatted(path, reason(failed));
    problems.error("unreadable", place, "", message, "");
  }

  /// Why a file cannot be used, in the operator's words.
  static String reason(IOException failed) {
    return switch (failed) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(failed.getMessage());
    };
  }
}
