package dev.coffey.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the kernel's `/proc` says about processes. Each answer may be out of date when it is read.
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final int READ_BYTES = 4096;

  private ProcessTable() {}

  /// One process; `startTicks` tells it from a later one of the same number.
  record Entry(
      int pid, String command, char state, int parent, int group, int session, long startTicks) {
    boolean alive() {
      return state != 'Z' && state != 'X';
    }

    /// Whether this and another reading are about the same process.
    boolean sameAs(Entry other) {
      return pid == other.pid && startTicks == other.startTicks;
    }
  }

  static Optional<Entry> entry(int pid) {
    try {
      return Optional.of(parse(read(PROC.resolve(pid + "/stat"))));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /// The numbers of all processes there are.
  static Set<Integer> all() {
    String[] names = PROC.toFile().list();
    Set<Integer> pids = new HashSet<>();
    for (String name : names == null ? new String[0] : names) {
      addNumber(name, pids);
    }
    return pids;
  }

  private static void addNumber(String name, Set<Integer> pids) {
    if (Character.isDigit(name.charAt(0))) {
      pids.add(Integer.parseInt(name));
    }
  }

  /// The variables it was started with; empty when it is gone or its memory is not ours to read.
  static byte[] environment(int pid) {
    try {
      return Files.readAllBytes(PROC.resolve(pid + "/environ"));
    } catch (IOException refused) {
      return new byte[0];
    }
  }

  /// The children that the kernel lists under the first thread: of our own process, those it has
  /// handed to us as sub-reaper, since we make our own on another thread.
  static List<Integer> childrenOfFirstThread(int pid) {
    try {
      return numbers(read(PROC.resolve(pid + "/task/" + pid + "/children")));
    } catch (IOException unlisted) {
      return Files.exists(PROC.resolve(pid + "/stat")) ? childrenByParent(pid) : List.of();
    }
  }

  /// The children of all its threads.
  static List<Integer> children(int pid) {
    List<Integer> children = new ArrayList<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
      for (Path thread : threads) {
        children.addAll(numbers(read(thread.resolve("children"))));
      }
      return children;
    } catch (IOException unlisted) {
      return Files.exists(PROC.resolve(pid + "/stat")) ? childrenByParent(pid) : List.of();
    }
  }

  /// For kernels that keep no list of children.
  private static List<Integer> childrenByParent(int parent) {
    List<Integer> children = new ArrayList<>();
    for (int pid : all()) {
      entry(pid)
          .filter(entry -> entry.parent() == parent)
          .ifPresent(entry -> children.add(entry.pid()));
    }
    return children;
  }

  /// The command stands in brackets and may itself hold brackets and blanks.
  private static Entry parse(String stat) throws IOException {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 0 || close < open) {
      throw new IOException("unknown form of stat");
    }
    String[] rest = stat.substring(close + 2).split(" ", -1);
    return new Entry(
        Integer.parseInt(stat.substring(0, open - 1)),
        stat.substring(open + 1, close),
        rest[0].charAt(0),
        Integer.parseInt(rest[1]),
        Integer.parseInt(rest[2]),
        Integer.parseInt(rest[3]),
        Long.parseLong(rest[19]));
  }

  private static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      if (!word.isBlank()) {
        numbers.add(Integer.parseInt(word.strip()));
      }
    }
    return numbers;
  }

  /// These files are short and tell no size, for which the JDK would ask twice.
  private static String read(Path file) throws IOException {
    byte[] buffer = new byte[READ_BYTES];
    StringBuilder text = new StringBuilder();
    try (FileInputStream in = new FileInputStream(file.toString())) {
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      }
    }
    return text.toString();
  }
}
