package dev.coffey.process;

import static org.assertj.core.api.Assertions.fail;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.spec.Command;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Real processes for a test: launches, captures what they write, and leaves nothing running.
final class World implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Libc libc;
  final Descriptors descriptors;
  final Recorder news = new Recorder();
  final Mark mark = new Mark("test-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
  final Processes processes;
  private final Map<RunId, Integer> outputs = new HashMap<>();
  private long runs;

  World() {
    this(Libc.open());
  }

  World(Libc libc) {
    this.libc = libc;
    this.descriptors = new Descriptors(libc);
    this.processes = new Processes(libc, mark, news);
  }

  static ExecSpec exec(String binary, String... args) {
    return ExecSpec.of(new Command(binary, List.of(args)));
  }

  static ExecSpec shell(String line) {
    return ExecSpec.of(Command.shell(line));
  }

  /// Launches with stdout into a pipe that [#outputOf] reads.
  RunId launch(ExecSpec exec) throws LinuxException {
    Descriptors.Pipe pipe = descriptors.pipe();
    int errors = descriptors.duplicate(pipe.writeEnd(), 3);
    RunId run = launch(exec, new StandardStreams(StandardStreams.NULL, pipe.writeEnd(), errors));
    outputs.put(run, pipe.readEnd());
    return run;
  }

  RunId launch(ExecSpec exec, StandardStreams streams) {
    RunId run = new RunId(++runs);
    processes.launch(
        new LaunchOrder(run, new ServiceName("fixture@" + runs), exec, new TreeMap<>(), streams));
    return run;
  }

  /// All that the run writes, until nobody has its end of the pipe open any more.
  String outputOf(RunId run) {
    int fd = outputs.getOrDefault(run, -1);
    outputs.remove(run);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (NativeBuffer buffer = NativeBuffer.own(1 << 16)) {
      for (long count = read(fd, buffer); count > 0; count = read(fd, buffer)) {
        all.writeBytes(buffer.bytes(0, (int) count));
      }
    }
    descriptors.close(fd);
    return all.toString(StandardCharsets.UTF_8);
  }

  /// The next line that the run writes, once it is known to run.
  String lineOf(RunId run) throws InterruptedException {
    news.pidOf(run);
    StringBuilder line = new StringBuilder();
    try (NativeBuffer buffer = NativeBuffer.own(1)) {
      while (descriptors.read(outputs.getOrDefault(run, -1), buffer, 0, 1) == 1
          && buffer.byteAt(0) != '\n') {
        line.append((char) buffer.byteAt(0));
      }
    }
    return line.toString();
  }

  /// Kills the run and waits until nothing of it is left.
  void end(RunId run) throws InterruptedException {
    processes.kill(run);
    news.statusOf(run);
    processes.sweep(run);
    news.await(Recorder.News.Emptied.class, run);
  }

  static boolean alive(int pid) {
    return ProcessTable.entry(pid).filter(ProcessTable.Entry::alive).isPresent();
  }

  static void until(BooleanSupplier condition, String what) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("waited in vain: " + what);
      }
      Thread.sleep(2);
    }
  }

  /// Waits until nothing is left of anything, so that no group of a run is either. Whatever comes
  /// of it, nobody waits for children any more: the next test has a daemon of its own.
  @Override
  public void close() {
    List<RunId> launched = new ArrayList<>();
    for (Recorder.News each : news.all()) {
      if (each instanceof Recorder.News.Launched(RunId run, _)) {
        launched.add(run);
      }
    }
    try {
      launched.forEach(processes::kill);
      launched.forEach(this::awaitEmptied);
    } finally {
      outputs.values().forEach(descriptors::close);
      processes.close();
    }
  }

  private void awaitEmptied(RunId run) {
    try {
      news.statusOf(run);
      processes.sweep(run);
      news.await(Recorder.News.Emptied.class, run);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }

  private long read(int fd, NativeBuffer buffer) {
    return descriptors.read(fd, buffer, 0, buffer.sizeBytes());
  }
}
