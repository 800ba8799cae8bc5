package dev.coffey.process;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Accounts;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.Limits;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.spec.Command;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/// Measures this room against a bare loop in C in the same run and prints ratios, with the bounds
/// that they are held to. The loop captures the output of so many children, waits for them while
/// all are alive, and kills them, as we do.
///
/// `java -cp target/test-classes:target/classes:… dev.coffey.process.ProcessBench [children]
/// [rounds]`
final class ProcessBench {
  private static final int EXITS = 300;

  private static final Map<String, Double> BOUNDS =
      Map.of(
          "spawn_wall_us", 1.5,
          "spawn_cpu_us", 2.0,
          "exit_p50_us", 2.0,
          "kill_wall_us", 1.5,
          "threads_added", 0.0,
          "heap_bytes_per_child", 1024.0);

  /// What a daemon has from its plan before anything is launched.
  private static final ServiceName NAME = new ServiceName("bench");

  private static final ExecSpec SLEEPER = World.exec("/bin/sleep", "1000");

  /// As many services are on their way to launch at one time, by default.
  private static final int START_PARALLELISM = 8;

  private final Libc libc = Libc.open();
  private final Descriptors descriptors = new Descriptors(libc);
  private final Path program;
  private final int children;
  private long runs;

  private ProcessBench(Path program, int children) {
    this.program = program;
    this.children = children;
  }

  public static void main(String[] args) throws Exception {
    int children = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
    Path directory = Files.createTempDirectory("coffey-bench");
    ProcessBench bench = new ProcessBench(compile(directory), children);
    Map<String, List<Double>> loop = new TreeMap<>();
    Map<String, List<Double>> ours = new TreeMap<>();
    bench.ours();
    for (int round = 0; round < rounds; round++) {
      bench.loop().forEach((name, value) -> add(loop, name, value));
      bench.ours().forEach((name, value) -> add(ours, name, value));
    }
    print(loop, ours);
    Files.delete(directory.resolve("bench"));
    Files.delete(directory.resolve("bench.c"));
    Files.delete(directory);
  }

  private static void add(Map<String, List<Double>> all, String name, double value) {
    all.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  private static void print(Map<String, List<Double>> loop, Map<String, List<Double>> ours) {
    System.out.printf(
        "%-22s %12s %12s %8s %9s%n", "median", "c loop", "coffey", "ratio", "at most");
    ours.forEach((name, values) -> {
      double mine = median(values);
      double measure = median(loop.getOrDefault(name, List.of()));
      boolean compared = !Double.isNaN(measure);
      String ratio = compared ? "%.2f".formatted(mine / measure) : "";
      System.out.printf(
          Locale.ROOT,
          "%-22s %12s %12.0f %8s %s%n",
          name,
          compared ? "%.0f".formatted(measure) : "",
          mine,
          ratio,
          verdict(name, compared ? mine / measure : mine));
    });
  }

  /// What a figure is held to: a ratio where the loop has one too, else the figure itself.
  private static String verdict(String name, double figure) {
    Double most = BOUNDS.get(name);
    return most == null
        ? ""
        : String.format(Locale.ROOT, "%9.1f %s", most, figure <= most ? "kept" : "MISSED");
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  /// Before anything of ours waits for children, and never while it does.
  private static Path compile(Path directory) throws IOException, InterruptedException {
    Path source = directory.resolve("bench.c");
    Path program = directory.resolve("bench");
    try (InputStream in = ProcessBench.class.getResourceAsStream("/process/bench.c")) {
      Files.write(source, in.readAllBytes());
    }
    new ProcessBuilder("gcc", "-O2", "-o", program.toString(), source.toString())
        .inheritIO()
        .start()
        .waitFor();
    return program;
  }

  private Map<String, Double> loop() throws IOException, InterruptedException, LaunchException {
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "spawn", "" + children, "" + EXITS);
    builder.environment().clear();
    builder.environment().putAll(environment());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Map<String, Double> values = new HashMap<>();
    output
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(pair -> values.put(pair[0], Double.parseDouble(pair[1])));
    return values;
  }

  /// What our children get, for those of the loop: with other variables the same program does other
  /// work, such as reading what it needs to know of a language.
  private Map<String, String> environment() throws LaunchException {
    Recipe.Means means =
        new Recipe.Means(
            new Mark("bench"),
            new Accounts(libc),
            Surroundings.own(),
            new Bounds(libc),
            DescriptorLimit.read(new Limits(libc)));
    Map<String, String> variables = new TreeMap<>();
    for (String entry : Recipe.of(order(SLEEPER, StandardStreams.NONE), means).environment()) {
      int equals = entry.indexOf('=');
      variables.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return variables;
  }

  private Map<String, Double> ours() throws Exception {
    Map<String, Double> values = new HashMap<>();
    Counter counter = new Counter(children);
    try (Processes processes = new Processes(libc, new Mark("bench"), counter)) {
      warm(processes, counter);
      long heap = heapBytes();
      int threads = Thread.activeCount();
      List<RunId> running = new ArrayList<>();
      List<Integer> readEnds = new ArrayList<>();
      long began = System.nanoTime();
      long used = cpuNanos();
      for (int index = 0; index < children; index++) {
        counter.slots.acquire();
        running.add(launch(processes, SLEEPER, readEnds));
      }
      counter.launches.await();
      values.put("spawn_wall_us", (System.nanoTime() - began) / 1e3);
      values.put("spawn_cpu_us", (cpuNanos() - used) / 1e3);
      values.put("threads_added", (double) Thread.activeCount() - threads);
      values.put("heap_bytes_per_child", (double) (heapBytes() - heap) / children);
      exits(processes, counter, values);
      began = System.nanoTime();
      used = cpuNanos();
      running.forEach(processes::kill);
      counter.ends.await();
      values.put("kill_wall_us", (System.nanoTime() - began) / 1e3);
      values.put("kill_cpu_us", (cpuNanos() - used) / 1e3);
      readEnds.forEach(descriptors::close);
    }
    return values;
  }

  private void warm(Processes processes, Counter counter) throws Exception {
    for (int index = 0; index < 50; index++) {
      counter.next = new CountDownLatch(1);
      processes.launch(order(World.exec("/bin/true"), StandardStreams.NONE));
      counter.next.await();
    }
    counter.start();
  }

  private void exits(Processes processes, Counter counter, Map<String, Double> values)
      throws Exception {
    long[] delays = new long[EXITS];
    ExecSpec stamp = ExecSpec.of(new Command(program.toString(), List.of("stamp")));
    try (NativeBuffer buffer = NativeBuffer.own(Long.BYTES)) {
      for (int index = 0; index < EXITS; index++) {
        List<Integer> ends = new ArrayList<>();
        counter.next = new CountDownLatch(1);
        RunId _ = launch(processes, stamp, ends);
        counter.next.await();
        descriptors.read(ends.getFirst(), buffer, 0, Long.BYTES);
        delays[index] = counter.seenNanos - buffer.longAt(0);
        ends.forEach(descriptors::close);
      }
    }
    Arrays.sort(delays);
    values.put("exit_p50_us", delays[EXITS / 2] / 1e3);
    values.put("exit_p99_us", delays[EXITS * 99 / 100] / 1e3);
  }

  private RunId launch(Processes processes, ExecSpec exec, List<Integer> readEnds)
      throws LinuxException {
    Descriptors.Pipe out = descriptors.pipe();
    Descriptors.Pipe err = descriptors.pipe();
    readEnds.add(out.readEnd());
    readEnds.add(err.readEnd());
    LaunchOrder order =
        order(exec, new StandardStreams(StandardStreams.NULL, out.writeEnd(), err.writeEnd()));
    processes.launch(order);
    return order.run();
  }

  private LaunchOrder order(ExecSpec exec, StandardStreams streams) {
    return new LaunchOrder(new RunId(++runs), NAME, exec, new TreeMap<>(), streams);
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  /// Counts the news.
  private static final class Counter implements ProcessListener {
    private final int children;
    private final Semaphore slots = new Semaphore(START_PARALLELISM);
    private volatile CountDownLatch launches = new CountDownLatch(0);
    private volatile CountDownLatch ends = new CountDownLatch(0);
    private volatile CountDownLatch next = new CountDownLatch(0);
    private volatile long seenNanos;
    private volatile boolean counting;

    Counter(int children) {
      this.children = children;
    }

    void start() {
      launches = new CountDownLatch(children);
      ends = new CountDownLatch(children + EXITS);
      counting = true;
    }

    @Override
    public void launched(RunId run, int pid) {
      slots.release();
      launches.countDown();
    }

    @Override
    public void launchFailed(RunId run, LaunchFailure failure) {
      throw new AssertionError(failure.message());
    }

    @Override
    public void ended(RunId run, ExitStatus status) {
      seenNanos = System.nanoTime();
      if (counting) {
        ends.countDown();
      }
      next.countDown();
    }

    @Override
    public void emptied(RunId run) {
      throw new AssertionError("nobody asked");
    }

    @Override
    public void refusedToDie(RunId run, int processes) {
      throw new AssertionError("%d of run %s are left".formatted(processes, run));
    }
  }
}
