package dev.coffey.logs.bench;

import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.Logs;
import dev.coffey.logs.RunOutput;
import dev.coffey.logs.segments.FileDisk;
import dev.coffey.logs.segments.LogCursor;
import dev.coffey.logs.segments.LogFilter;
import dev.coffey.logs.segments.LogRecord;
import dev.coffey.logs.segments.LogSearch;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Measures capturing and following against `cat > file`, in one run.
///
/// Arguments: a scratch directory (best in memory), then MiB for the floods. Prints one figure a
/// line: name, value, unit.
public final class LogBench {
  private static final int LINE_BYTES = 100;
  private static final int ROUNDS = 3;
  private static final Duration TICKS_WARM = Duration.ofSeconds(3);
  private static final Duration TICKS = Duration.ofSeconds(10);

  private final Path scratch;
  private final Path input;
  private final long bytes;
  private final LogSpec spec =
      new LogSpec(4L << 30, 5, null, LogSpec.Pressure.BLOCK, true, true, 64 << 10);
  private long nextRun = 1;

  private LogBench(Path scratch, long bytes) {
    this.scratch = scratch;
    this.input = scratch.resolve("input");
    this.bytes = bytes;
  }

  /// Runs everything.
  public static void main(String[] args) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "/dev/shm"), "lb");
    long mib = args.length > 1 ? Long.parseLong(args[1]) : 256;
    LogBench bench = new LogBench(scratch, mib << 20);
    try {
      bench.writeInput();
      bench.floods("bulk", 65_500);
      bench.floods("line", LINE_BYTES);
      bench.ticks(200, 50);
      bench.followers(50);
      bench.delays();
    } finally {
      delete(scratch);
    }
  }

  private void writeInput() throws IOException {
    byte[] block = new byte[LINE_BYTES * 655];
    Arrays.fill(block, (byte) 'x');
    for (int at = LINE_BYTES - 1; at < block.length; at += LINE_BYTES) {
      block[at] = '\n';
    }
    try (OutputStream out = Files.newOutputStream(input)) {
      for (long done = 0; done < bytes; done += block.length) {
        out.write(block, 0, (int) Math.min(block.length, bytes - done));
      }
    }
  }

  /// A virtual machine pays for a page of memory at its first touch: neither of the two shall.
  private void touchPages() throws IOException {
    Path warm = scratch.resolve("warm");
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(warm)) {
      for (long done = 0; done < bytes * 3 / 2; done += block.length) {
        out.write(block);
      }
    }
    Files.delete(warm);
  }

  private void floods(String name, int blockBytes) throws IOException, InterruptedException {
    long size = blockBytes > LINE_BYTES ? bytes : bytes / 8;
    String[] writer = {
      "/bin/dd", "if=" + input, "bs=" + blockBytes, "count=" + size / blockBytes, "status=none"
    };
    double ratioFirst = 0;
    List<Double> ratios = new ArrayList<>();
    List<Double> cpuRatios = new ArrayList<>();
    touchPages();
    for (int round = 0; round < ROUNDS; round++) {
      Cost cat = cat(writer);
      Cost coffey = flood(writer);
      double ratio = cat.wallSeconds() / coffey.wallSeconds();
      double perGib = (double) (1L << 30) / size;
      print(name + ".cat.mb_s", size / 1e6 / cat.wallSeconds(), "MB/s");
      print(name + ".coffey.mb_s", size / 1e6 / coffey.wallSeconds(), "MB/s");
      print(name + ".cat.cpu", cat.cpuSeconds() * perGib, "s/GiB");
      print(name + ".coffey.cpu", coffey.cpuSeconds() * perGib, "s/GiB");
      print(name + ".coffey.pump_cpu", coffey.pumpSeconds() * perGib, "s/GiB");
      ratioFirst = round == 0 ? ratio : ratioFirst;
      ratios.add(ratio);
      cpuRatios.add(coffey.cpuSeconds() / cat.cpuSeconds());
    }
    print(name + ".speed_first", ratioFirst, "x cat");
    print(name + ".speed_best", ratios.stream().max(Double::compare).orElseThrow(), "x cat");
    print(name + ".cpu_best", cpuRatios.stream().min(Double::compare).orElseThrow(), "x cat");
  }

  private record Cost(double wallSeconds, double cpuSeconds, double pumpSeconds) {}

  private Cost cat(String... writer) throws IOException {
    Path out = scratch.resolve("cat.out");
    Path times = scratch.resolve("cat.times");
    String script =
        "TIMEFORMAT='%%R %%U %%S'; %s | { time cat > %s; } 2> %s"
            .formatted(String.join(" ", writer), out, times);
    try (Children children = new Children()) {
      int pid = children.spawn(RunOutput.NULL, RunOutput.NULL, "/bin/bash", "-c", script);
      children.await(pid);
    }
    String[] fields = Files.readString(times).trim().split(" ", -1);
    Files.delete(out);
    double cpu = Double.parseDouble(fields[1]) + Double.parseDouble(fields[2]);
    return new Cost(Double.parseDouble(fields[0]), cpu, 0);
  }

  private Cost flood(String... writer) throws IOException, InterruptedException {
    ServiceName name = new ServiceName("flood");
    Path directory = scratch.resolve("flood");
    try (Logs logs = Logs.open(Libc.open(), new FileDisk(), directory, InstantSource.system());
        Children children = new Children()) {
      RunId run = new RunId(nextRun++);
      RunOutput output = logs.openRun(name, run, spec);
      long cpu = Cpu.processNanos();
      long pump = Cpu.threadNanos("coffey-logs");
      long begun = System.nanoTime();
      int pid = children.spawn(output.stdout(), output.stderr(), writer);
      children.close(output);
      logs.started(run, pid);
      children.await(pid);
      logs.ended(run, "exit 0");
      awaitEnd(logs, name);
      long wall = System.nanoTime() - begun;
      cpu = Cpu.processNanos() - cpu;
      pump = Cpu.threadNanos("coffey-logs") - pump;
      return new Cost(wall / 1e9, cpu / 1e9, pump / 1e9);
    } finally {
      delete(directory);
    }
  }

  private static void awaitEnd(Logs logs, ServiceName name)
      throws IOException, InterruptedException {
    LogSearch search = logs.search(name).orElseThrow();
    LogCursor end = search.last(1, LogFilter.ALL, Long.MAX_VALUE);
    while (true) {
      for (LogRecord record : end.next()) {
        if (record instanceof LogRecord.Ended) {
          return;
        }
      }
      Thread.sleep(1);
    }
  }

  private void ticks(int services, int perSecond) throws IOException, InterruptedException {
    double ours = ticksOfPump(services, perSecond);
    print("ticks.coffey.cpu", ours, "% of a core");
    Path directory = scratch.resolve("limit");
    try (Limit limit = Limit.start(directory, services).orElse(null)) {
      if (limit == null) {
        System.out.println("ticks.limit.cpu: not measured, there is no gcc");
        return;
      }
      Ticker ticker = new Ticker(limit.outputs(), perSecond);
      ticker.run(TICKS_WARM);
      long cpu = limit.cpuNanos();
      long begun = System.nanoTime();
      ticker.run(TICKS);
      double wall = System.nanoTime() - begun;
      double theirs = (limit.cpuNanos() - cpu) / wall * 100;
      print("ticks.limit.cpu", theirs, "% of a core");
      print("ticks.cpu", ours / theirs, "x limit");
    } finally {
      delete(directory);
    }
  }

  private double ticksOfPump(int services, int perSecond) throws IOException {
    Path directory = scratch.resolve("ticks");
    try (Logs logs = Logs.open(Libc.open(), new FileDisk(), directory, InstantSource.system());
        Children children = new Children()) {
      List<RunOutput> outputs = new ArrayList<>();
      for (int i = 0; i < services; i++) {
        RunId run = new RunId(nextRun++);
        outputs.add(logs.openRun(new ServiceName("tick" + i), run, spec));
        logs.started(run, 1);
      }
      Ticker ticker = new Ticker(outputs, perSecond);
      ticker.run(TICKS_WARM);
      long pump = Cpu.threadNanos("coffey-logs");
      long begun = System.nanoTime();
      ticker.run(TICKS);
      double wall = System.nanoTime() - begun;
      pump = Cpu.threadNanos("coffey-logs") - pump;
      outputs.forEach(children::close);
      return pump / wall * 100;
    } finally {
      delete(directory);
    }
  }

  /// How fast so many readers get through one log together.
  private void followers(int count) throws IOException, InterruptedException {
    Path directory = scratch.resolve("followers");
    ServiceName name = new ServiceName("busy");
    try (Logs logs = Logs.open(Libc.open(), new FileDisk(), directory, InstantSource.system());
        Children children = new Children()) {
      RunId run = new RunId(nextRun++);
      RunOutput output = logs.openRun(name, run, spec);
      logs.started(run, 1);
      AtomicLong lines = new AtomicLong();
      CountDownLatch over = new CountDownLatch(count);
      LogSearch search = logs.search(name).orElseThrow();
      long wanted = 200_000;
      for (int i = 0; i < count; i++) {
        LogCursor cursor = search.after(0, LogFilter.ALL, Long.MAX_VALUE);
        Thread.ofVirtual().start(() -> follow(cursor, wanted, lines, over));
      }
      long begun = System.nanoTime();
      int pid =
          children.spawn(
              output.stdout(),
              output.stderr(),
              "/bin/dd",
              "if=" + input,
              "bs=10000",
              "count=2000",
              "status=none");
      children.close(output);
      children.await(pid);
      double written = (System.nanoTime() - begun) / 1e9;
      over.await();
      double wall = (System.nanoTime() - begun) / 1e9;
      print("followers.writer", 200_000 / written, "lines/s");
      print("followers.total", lines.get() / wall, "lines/s");
    } finally {
      delete(directory);
    }
  }

  private static void follow(LogCursor cursor, long wanted, AtomicLong lines, CountDownLatch over) {
    try (cursor) {
      Semaphore more = new Semaphore(0);
      cursor.onMore(more::release);
      for (long seen = 0; seen < wanted; ) {
        int batch = cursor.next().size();
        seen += batch;
        lines.addAndGet(batch);
        if (batch == 0 && cursor.isWaiting()) {
          more.acquire();
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      over.countDown();
    }
  }

  /// From a service's write to a follower's hands.
  private void delays() throws IOException, InterruptedException {
    Path directory = scratch.resolve("delays");
    ServiceName name = new ServiceName("slow");
    try (Logs logs = Logs.open(Libc.open(), new FileDisk(), directory, InstantSource.system());
        Children children = new Children()) {
      RunId run = new RunId(nextRun++);
      RunOutput output = logs.openRun(name, run, spec);
      logs.started(run, 1);
      LogSearch search = logs.search(name).orElseThrow();
      LogCursor cursor = search.after(0, LogFilter.ALL, Long.MAX_VALUE);
      List<Long> delays = Collections.synchronizedList(new ArrayList<>());
      Thread follower = Thread.ofPlatform().start(() -> collect(cursor, delays, 200));
      for (int i = 0; i < 200; i++) {
        children.write(output.stdout(), System.nanoTime() + "\n");
        Thread.sleep(5 + i % 30);
      }
      follower.join();
      delays.sort(null);
      print("delay.p50", delays.get(delays.size() / 2) / 1e6, "ms");
      print("delay.p99", delays.get(delays.size() * 99 / 100) / 1e6, "ms");
      children.close(output);
    } finally {
      delete(directory);
    }
  }

  private static void collect(LogCursor cursor, List<Long> delays, int count) {
    try (cursor) {
      Semaphore more = new Semaphore(0);
      cursor.onMore(more::release);
      while (delays.size() < count) {
        for (LogRecord record : cursor.next()) {
          if (record instanceof LogRecord.Line line) {
            String text = new String(line.text(), StandardCharsets.US_ASCII);
            delays.add(System.nanoTime() - Long.parseLong(text));
          }
        }
        if (cursor.isWaiting() && delays.size() < count) {
          more.acquire();
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void print(String name, double value, String unit) {
    System.out.printf("%-22s %10.3f %s%n", name, value, unit);
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
