package dev.coffey.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.segments.FileDisk;
import dev.coffey.logs.segments.LogCursor;
import dev.coffey.logs.segments.LogFilter;
import dev.coffey.logs.segments.LogRecord;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.FaultyLibc;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.LogSpec.Pressure;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the world does to a log, on a real disk and with real pipes.
class TroubleTest {
  private static final ServiceName WEB = new ServiceName("web");
  private static final int EIO = 5;
  private static final int ENOMEM = 12;
  private static final int EDQUOT = 122;
  private static final int PIPE_BYTES = 64 << 10;
  private static final int MEMORY_BYTES_MAX = 16 << 20;
  private static final int FOLLOWERS = 1000;
  private static final int LINES = 10_000;

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private Logs open(Libc libc) throws IOException {
    return open(libc, new FileDisk());
  }

  private Logs open(Libc libc, FileDisk disk) throws IOException {
    Logs logs = Logs.open(libc, disk, directory, InstantSource.system());
    open.add(logs);
    return logs;
  }

  private Writer begin(Logs logs, Pressure pressure) throws IOException {
    return begin(logs, pressure, WEB, 1);
  }

  private Writer begin(Logs logs, Pressure pressure, ServiceName service, long run)
      throws IOException {
    LogSpec spec = new LogSpec(4 << 20, 5, null, pressure, true, true, 64 << 10);
    RunOutput output = logs.openRun(service, new RunId(run), spec);
    logs.started(new RunId(run), 4711);
    Writer writer = new Writer(output);
    open.add(writer::close);
    return writer;
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited for %s", what).isNegative();
      Thread.onSpinWait();
    }
  }

  private static long nextSeq(Logs logs) {
    return nextSeq(logs, WEB);
  }

  private static long nextSeq(Logs logs, ServiceName service) {
    try {
      return logs.search(service).orElseThrow().nextSeq();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean endsWith(Logs logs, String text) {
    List<LogRecord.Line> tail = logs.tail(WEB, 1);
    return !tail.isEmpty()
        && new String(tail.getFirst().text(), StandardCharsets.UTF_8).equals(text);
  }

  private static List<String> all(Logs logs) throws IOException {
    List<String> all = new ArrayList<>();
    LogCursor cursor = logs.search(WEB).orElseThrow().all(LogFilter.ALL, Long.MAX_VALUE);
    while (!cursor.isWaiting()) {
      for (LogRecord record : cursor.next()) {
        all.add(
            record instanceof LogRecord.Line line
                ? new String(line.text(), StandardCharsets.UTF_8)
                : "<" + record.getClass().getSimpleName() + ">");
      }
    }
    return all;
  }

  /// T89: a pipe that cannot be read is tried again; its service never waits for ever.
  @Test
  void pipeThatCouldNotBeReadIsReadLater() throws IOException {
    AtomicInteger errno = new AtomicInteger();
    Logs logs = open(FaultyLibc.failingToRead(errno));
    Writer child = begin(logs, Pressure.BLOCK);
    child.stdout("before\n");
    await("the first line", () -> endsWith(logs, "before"));

    errno.set(ENOMEM);
    child.stdout("meanwhile\n");
    child.stdout("x".repeat(50_000) + "\n");
    errno.set(0);
    child.stdout("after\n");

    await("the last line", () -> endsWith(logs, "after"));
    assertThat(all(logs)).contains("before", "meanwhile", "after");
  }

  /// T97: gone while the daemon runs, with everything in it.
  @Test
  void directoryThatWasDeletedIsMadeAnew() throws IOException {
    Logs logs = open(Libc.open());
    Writer child = begin(logs, Pressure.BLOCK);
    child.stdout("before\n");
    await("the first line", () -> endsWith(logs, "before"));
    for (String name : List.of("web/current", "web/lock", "web")) {
      Files.delete(directory.resolve(name));
    }

    logs.reopen();

    await(
        "a new file",
        () -> {
          child.stdout("after\n");
          return Files.exists(directory.resolve("web/current"));
        });
    await("the new line", () -> endsWith(logs, "after"));
  }

  /// T88: a thousand followers, each called once however much is written, and none by the thread
  /// that empties the pipes.
  @Test
  void thousandFollowersAreNoWorkForTheWriter() throws IOException {
    Logs logs = open(Libc.open());
    Writer child = begin(logs, Pressure.BLOCK);
    await("the start", () -> nextSeq(logs) > 2);
    AtomicInteger calls = new AtomicInteger();
    Set<String> callers = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < FOLLOWERS; i++) {
      LogCursor cursor = logs.search(WEB).orElseThrow().after(1_000_000, LogFilter.ALL, 2_000_000);
      open.add(cursor);
      cursor.onMore(() -> {
        calls.incrementAndGet();
        callers.add(Thread.currentThread().getName());
      });
      while (!cursor.isWaiting()) {
        cursor.next();
      }
    }

    IntStream.range(0, LINES).forEach(i -> child.stdout("line " + i + "\n"));

    await("all lines", () -> endsWith(logs, "line " + (LINES - 1)));
    await("the calls", () -> calls.get() == FOLLOWERS);
    assertThat(callers).containsExactly("coffey-log-readers");
  }

  /// T96: as the kernel says it, by number.
  @ParameterizedTest
  @ValueSource(ints = {EIO, EDQUOT})
  void serviceWaitsForADiskThatRefusesAndLosesNothing(int number) throws Exception {
    AtomicInteger errno = new AtomicInteger();
    Logs logs = open(Libc.open(), new FileDisk(FaultyLibc.failingToWrite(errno)));
    Writer child = begin(logs, Pressure.BLOCK);
    child.stdout("before\n");
    await("the first line", () -> endsWith(logs, "before"));

    errno.set(number);
    Thread service = Thread.ofPlatform().start(() -> write(child));
    await("the disk to refuse", () -> !logs.troubles().isEmpty());
    assertThat(logs.troubles().getFirst().cause()).contains(Errno.text(number));
    errno.set(0);

    service.join();
    await("the last line", () -> endsWith(logs, "line " + (LINES - 1)));
    assertThat(all(logs).subList(2, LINES + 2))
        .isEqualTo(IntStream.range(0, LINES).mapToObj(i -> "line " + i).toList());
    await("the all-clear", () -> logs.troubles().isEmpty());
  }

  /// T96: what all of them hold in memory has a limit; beyond it the pipes are left alone.
  @Test
  void manyServicesTogetherWaitForADiskThatRefusesAndLoseNothing() throws Exception {
    AtomicInteger errno = new AtomicInteger();
    Logs logs = open(Libc.open(), new FileDisk(FaultyLibc.failingToWrite(errno)));
    List<ServiceName> services =
        IntStream.range(0, 12).mapToObj(i -> new ServiceName("web-" + i)).toList();
    List<Writer> children = new ArrayList<>();
    for (ServiceName service : services) {
      children.add(begin(logs, Pressure.BLOCK, service, children.size() + 1));
      await("the start", () -> nextSeq(logs, service) > 2);
    }

    errno.set(EIO);
    children.forEach(child -> child.stdout("\n".repeat(PIPE_BYTES)));
    await("memory to be full", () -> waitingBytes(logs) >= MEMORY_BYTES_MAX);
    ServiceName loser = new ServiceName("loser");
    begin(logs, Pressure.DROP_OLDEST, loser, children.size() + 1).stdout("lost\n");
    await("the loss", () -> logs.notice(loser).orElse("").contains("lost"));
    assertThat(waitingBytes(logs)).isLessThan(MEMORY_BYTES_MAX + 64 * PIPE_BYTES);
    errno.set(0);

    for (ServiceName service : services) {
      await("all lines", () -> nextSeq(logs, service) >= 3 + PIPE_BYTES);
    }
    await("the all-clear", () -> logs.troubles().stream().allMatch(it -> it.cause().isEmpty()));
    assertThat(logs.troubles()).extracting(LogTrouble::service).containsExactly(loser);
  }

  private static long waitingBytes(Logs logs) {
    return logs.troubles().stream().mapToLong(LogTrouble::waitingBytes).sum();
  }

  /// T96: a disk that is really full; nothing is lost, the service waits.
  @Test
  void serviceWaitsForAFullDiskAndLosesNothing() throws Exception {
    mount("size=256k");
    Logs logs = open(Libc.open());
    Writer child = begin(logs, Pressure.BLOCK);
    Thread service = Thread.ofPlatform().start(() -> write(child));
    await("the disk to be full", () -> !logs.troubles().isEmpty());
    assertThat(logs.troubles().getFirst().cause()).containsIgnoringCase("no space left on device");
    assertThat(logs.notice(WEB).orElseThrow())
        .startsWith("its log cannot be written: ")
        .containsIgnoringCase("no space left on device");

    mount("remount,size=64m");

    service.join();
    await("the last line", () -> endsWith(logs, "line " + (LINES - 1)));
    assertThat(all(logs).subList(1, LINES + 1))
        .isEqualTo(IntStream.range(0, LINES).mapToObj(i -> "line " + i).toList());
    await("the all-clear", () -> logs.troubles().isEmpty());
    assertThat(logs.notice(WEB)).isEmpty();
  }

  /// T96: a disk that is read-only when the daemon comes up, and writable later.
  @Test
  void serviceWaitsForAReadOnlyDiskAndLosesNothing() throws Exception {
    mount("size=64m,ro");
    Logs logs = open(Libc.open());
    Writer child = begin(logs, Pressure.BLOCK);
    Thread service = Thread.ofPlatform().start(() -> write(child));
    await("the disk to refuse", () -> !logs.troubles().isEmpty());
    assertThat(logs.troubles().getFirst().cause()).contains("Read-only file system");

    mount("remount,rw");

    service.join();
    await("the last line", () -> endsWith(logs, "line " + (LINES - 1)));
    assertThat(all(logs))
        .endsWith("line " + (LINES - 1))
        .containsSubsequence(IntStream.range(0, LINES).mapToObj(i -> "line " + i).toList());
    await("the all-clear", () -> logs.troubles().isEmpty());
  }

  /// T96, T98: the same where lines may be lost: the service never waits, the oldest go and are
  /// counted.
  @Test
  void serviceThatMayLoseLinesNeverWaitsForAFullDisk() throws Exception {
    mount("size=64k");
    Logs logs = open(Libc.open());
    Writer child = begin(logs, Pressure.DROP_OLDEST);
    for (int i = 0; i < 6; i++) {
      write(child);
    }
    child.stdout("the end\n");

    mount("remount,size=64m");

    await("the last line", () -> endsWith(logs, "the end"));
    assertThat(all(logs)).contains("<Gap>").startsWith("<Started>", "line 0");
    assertThat(logs.troubles().getFirst().droppedLines()).isPositive();
    assertThat(logs.troubles().getFirst().cause()).isEmpty();
    assertThat(logs.notice(WEB).orElseThrow()).contains("of its output are lost; its log says");
  }

  private static void write(Writer child) {
    IntStream.range(0, LINES).forEach(i -> child.stdout("line " + i + "\n"));
  }

  /// As root alone.
  private void mount(String options) throws Exception {
    boolean again = options.startsWith("remount");
    Process mounting =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString())
            .redirectErrorStream(true)
            .start();
    assumeTrue(mounting.waitFor() == 0 || again, "may mount");
    if (!again) {
      open.add(() -> new ProcessBuilder("umount", "-l", directory.toString()).start().waitFor());
    }
  }
}
