package dev.coffey.control;

import dev.coffey.v1.LogLine;
import dev.coffey.v1.LogMarker;
import dev.coffey.v1.LogReaderGrpc;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How much 50 followers of one log get from the packaged daemon over its socket, each on a
/// connection of its own, and how long a line takes to one of them.
///
/// Argument: the distribution. Prints one figure a line: name, value, unit.
public final class LogStreamBench {
  private static final int FOLLOWERS = 50;
  private static final int LINES = 100_000;
  private static final int DELAYS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path scratch;
  private final EpollEventLoopGroup threads = new EpollEventLoopGroup(1);

  private LogStreamBench(Path scratch) {
    this.scratch = scratch;
  }

  /// Runs everything.
  public static void main(String[] args) throws IOException, InterruptedException {
    Path distribution = Path.of(args.length > 0 ? args[0] : "target/coffey").toAbsolutePath();
    Path scratch = Files.createTempDirectory(Path.of("/dev/shm"), "lsb");
    LogStreamBench bench = new LogStreamBench(scratch);
    Process daemon = bench.start(distribution);
    try {
      bench.followers();
      bench.delays();
    } finally {
      daemon.destroy();
      daemon.waitFor();
      bench.threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
      delete(scratch);
    }
  }

  private Process start(Path distribution) throws IOException, InterruptedException {
    Files.writeString(scratch.resolve("input"), ("x".repeat(99) + "\n").repeat(LINES));
    Path config =
        Files.writeString(
            scratch.resolve("coffey.yaml"),
            """
            coffey:
              socket: %1$s/sock
              pid_file: %1$s/pid
              runtime_dir: %1$s/run
              state_dir: %1$s/state
              logs: {dir: %1$s/logs}
            services:
              - name: busy
                binary: /bin/sh
                args:
                  - -c
                  - 'until [ -e %1$s/go ]; do sleep 0.05; done; cat %1$s/input; exec sleep 1000'
                logs: {segment: 1GiB}
              - name: slow
                binary: /bin/sh
                args: [-c, 'while :; do date +%%s%%N; sleep 0.03; done']
            """
                .formatted(scratch));
    Process daemon =
        new ProcessBuilder(
                distribution.resolve("bin/coffeyd").toString(), "--config", config.toString())
            .redirectOutput(scratch.resolve("out").toFile())
            .redirectError(scratch.resolve("err").toFile())
            .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(scratch.resolve("sock")) && System.nanoTime() - end < 0) {
      Thread.sleep(20);
    }
    return daemon;
  }

  private void followers() throws IOException, InterruptedException {
    CountDownLatch ready = new CountDownLatch(FOLLOWERS);
    CountDownLatch over = new CountDownLatch(FOLLOWERS);
    AtomicLong lines = new AtomicLong();
    List<ManagedChannel> channels = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS; i++) {
      ManagedChannel channel = FaceServer.channel(scratch.resolve("sock"), threads);
      channels.add(channel);
      LogReaderGrpc.newStub(channel).tailLogs(following("busy"), new Counter(lines, ready, over));
    }
    await("followers", ready);
    long begun = System.nanoTime();
    Files.createFile(scratch.resolve("go"));
    await("lines", over);
    double wall = (System.nanoTime() - begun) / 1e9;
    channels.forEach(ManagedChannel::shutdownNow);
    print("stream.followers", lines.get() / wall, "lines/s");
  }

  private static void await(String what, CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("not all %s in time".formatted(what));
    }
  }

  private static TailLogsRequest following(String service) {
    return TailLogsRequest.newBuilder()
        .setSelector(ServiceSelector.newBuilder().addNames(service))
        .setLines(0)
        .setFollow(true)
        .build();
  }

  private static boolean isLine(LogLine line) {
    return line.getMarker() == LogMarker.LOG_MARKER_UNSPECIFIED;
  }

  /// One follower, until it has all lines.
  private static final class Counter implements StreamObserver<TailLogsResponse> {
    private final AtomicLong lines;
    private final CountDownLatch ready;
    private final CountDownLatch over;
    private long seen;

    Counter(AtomicLong lines, CountDownLatch ready, CountDownLatch over) {
      this.lines = lines;
      this.ready = ready;
      this.over = over;
    }

    @Override
    public void onNext(TailLogsResponse batch) {
      if (batch.getCaughtUp()) {
        ready.countDown();
      }
      int count = (int) batch.getLinesList().stream().filter(LogStreamBench::isLine).count();
      boolean before = seen < LINES;
      seen += count;
      lines.addAndGet(count);
      if (before && seen >= LINES) {
        over.countDown();
      }
    }

    @Override
    public void onError(Throwable problem) {
      if (seen < LINES) {
        System.err.println("a follower ended early: " + problem);
      }
    }

    @Override
    public void onCompleted() {}
  }

  /// From a service's writing to a client's hands: the service writes what time it is.
  private void delays() throws InterruptedException {
    List<Long> delays = Collections.synchronizedList(new ArrayList<>());
    ManagedChannel channel = FaceServer.channel(scratch.resolve("sock"), threads);
    try {
      var batches = LogReaderGrpc.newBlockingStub(channel).tailLogs(following("slow"));
      while (delays.size() < DELAYS) {
        TailLogsResponse batch = batches.next();
        long now = System.currentTimeMillis() * 1_000_000;
        for (LogLine line : batch.getLinesList()) {
          if (isLine(line)) {
            delays.add(now - Long.parseLong(line.getText().toStringUtf8()));
          }
        }
      }
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
    delays.sort(null);
    print("stream.delay.p50", delays.get(delays.size() / 2) / 1e6, "ms");
    print("stream.delay.p99", delays.get(delays.size() * 99 / 100) / 1e6, "ms");
  }

  private static void print(String name, double value, String unit) {
    System.out.printf("%-22s %10.3f %s%n", name, value, unit);
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
