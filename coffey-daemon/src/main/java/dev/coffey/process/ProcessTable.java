package dev.coffey.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// What the kernel's `/proc` says about processes. Each answer may be out of date when it is read.
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final int READ_BYTES = 4096;
  private static final int LOOKS_MAX = 20;
  private static final int EMPTY_LOOKS = 3;
  private static final long LOOK_NANOS = 1_000_000;
  private static final int ENVIRONMENT_START_AT = 47;
  private static final int ENVIRONMENT_END_AT = 48;

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

  /// The variables it was started with; empty when it is gone or its memory is not ours to read. A
  /// process that is about to execute a file has for a moment none or a part, which is waited for:
  /// whose it is must not depend on that moment.
  static byte[] environment(int pid) {
    try {
      byte[] environment = environmentNow(pid);
      for (int look = 0; look < LOOKS_MAX && !isWhole(pid, environment.length, look); look++) {
        LockSupport.parkNanos(LOOK_NANOS);
        environment = environmentNow(pid);
      }
      return environment;
    } catch (IOException refused) {
      return new byte[0];
    }
  }

  /// In the moment in which one program makes way for the next, the kernel may answer ESRCH.
  private static byte[] environmentNow(int pid) throws AccessDeniedException {
    try {
      return Files.readAllBytes(PROC.resolve(pid + "/environ"));
    } catch (AccessDeniedException notOurs) {
      throw notOurs;
    } catch (IOException none) {
      return new byte[0];
    }
  }

  /// Whether the kernel says that there are so many bytes of variables; who has ended has none. It
  /// says so of none for a moment, too.
  private static boolean isWhole(int pid, int lengthBytes, int looks) throws IOException {
    String[] fields = fields(read(PROC.resolve(pid + "/stat")));
    if (fields[0].equals("Z") || fields[0].equals("X")) {
      return true;
    }
    long from = Long.parseLong(fields[ENVIRONMENT_START_AT]);
    long to = Long.parseLong(fields[ENVIRONMENT_END_AT]);
    return to > 0 && to - from == lengthBytes && (lengthBytes > 0 || looks >= EMPTY_LOOKS);
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
    String[] rest = fields(stat);
    return new Entry(
        Integer.parseInt(stat.substring(0, open - 1)),
        stat.substring(open + 1, close),
        rest[0].charAt(0),
        Integer.parseInt(rest[1]),
        Integer.parseInt(rest[2]),
        Integer.parseInt(rest[3]),
        Long.parseLong(rest[19]));
  }

  /// Those after the command, from the state on.
  private static String[] fields(String stat) throws IOException {
    int close = stat.lastIndexOf(')');
    if (stat.indexOf('(') < 0 || close < stat.indexOf('(')) {
      throw new IOException("unknown form of stat");
    }
    return stat.substring(close + 2).strip().split(" ", -1);
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
