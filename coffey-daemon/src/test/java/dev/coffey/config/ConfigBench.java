package dev.coffey.config;

import dev.coffey.config.ConfigOutcome.Loaded;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Measures what reading a large configuration from the disk costs: for the operator who validates
/// it, in a process of its own, and for the daemon that reads it again; beside the parser of YAML
/// alone.
final class ConfigBench {
  private static final int FILES = 200;
  private static final int SERVICES = 10_000;
  private static final int ROUNDS = 5;
  private static final double VALIDATE_SECONDS_MAX = 2;
  private static final double GROWTH_MAX = 6;

  private ConfigBench() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("coffey-config-bench");
    try {
      run(directory);
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void run(Path directory) throws IOException {
    Path large = directory.resolve("large");
    Path small = directory.resolve("small");
    write(large, SERVICES);
    write(small, SERVICES / 5);
    String distribution = System.getProperty("coffey.distribution", "");
    if (!distribution.isEmpty()) {
      double whole = process(Path.of(distribution), large);
      System.out.printf(
          "coffeyd validate of %d services in %d files: %.2f s of CPU, its start and end with it"
              + " (at most %.0f s: %s)%n",
          SERVICES, FILES, whole, VALIDATE_SECONDS_MAX, kept(whole, VALIDATE_SECONDS_MAX));
    }
    double cold = seconds(() -> read(large, SERVICES));
    double parse = least(() -> parse(large));
    double warm = Double.MAX_VALUE;
    double fewer = Double.MAX_VALUE;
    // In turn: who comes second would profit from code that the first has made fast.
    for (int round = 0; round < ROUNDS; round++) {
      warm = Math.min(warm, seconds(() -> read(large, SERVICES)));
      fewer = Math.min(fewer, seconds(() -> read(small, SERVICES / 5)));
    }
    System.out.printf(
        "read in this process: %.2f s of CPU at first, %.2f s when warm, %.1f times the parser of"
            + " YAML alone (%.2f s)%n",
        cold, warm, warm / parse, parse);
    System.out.printf(
        "five times the services cost %.1f times as much (at most %.0f: %s)%n",
        warm / fewer, GROWTH_MAX, kept(warm / fewer, GROWTH_MAX));
  }

  private static String kept(double value, double bound) {
    return value <= bound ? "kept" : "MISSED";
  }

  /// What the shell says of its children: user and system time, as 0m1.234s.
  private static double process(Path distribution, Path configuration) throws IOException {
    Pattern time = Pattern.compile("([0-9]+)m([0-9.]+)s ([0-9]+)m([0-9.]+)s");
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      // Asked in the shell itself: in a pipeline it would be another shell, without children.
      String script = "\"$0\" validate \"$1\" >&2 && times";
      Process shell =
          new ProcessBuilder(
                  "/bin/sh",
                  "-c",
                  script,
                  distribution.resolve("bin/coffeyd").toString(),
                  configuration.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher matcher = time.matcher(said.strip().lines().reduce("", (_, last) -> last));
      if (!matcher.matches()) {
        throw new IllegalStateException("the shell did not tell its times: " + said);
      }
      double seconds = 0;
      for (int group = 1; group <= 4; group += 2) {
        seconds += 60 * Double.parseDouble(matcher.group(group));
        seconds += Double.parseDouble(matcher.group(group + 1));
      }
      least = Math.min(least, seconds);
    }
    return least;
  }

  private static double least(Runnable work) {
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      least = Math.min(least, seconds(work));
    }
    return least;
  }

  private static double seconds(Runnable work) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - before) / 1e9;
  }

  private static void read(Path directory, int services) {
    Host host = new Host(0, directory, Map.of(), 2);
    var outcome =
        new ConfigReader(new DiskFiles(), host)
            .read(ConfigRequest.strict(List.of(directory.toString())));
    if (!(outcome instanceof Loaded loaded) || loaded.plan().services().size() != services) {
      throw new IllegalStateException("the configuration did not load: " + outcome);
    }
  }

  private static void parse(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        var parser = new ParserImpl(new StreamReader(Files.readString(file)), new LoaderOptions());
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
          parser.getEvent();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path directory, int services) throws IOException {
    Path dropIns = Files.createDirectories(directory.resolve("services.d"));
    Files.writeString(directory.resolve("config.yaml"), "coffey: {log: {level: info}}\n");
    int each = services / FILES;
    for (int file = 0; file < FILES; file++) {
      String text = ManyServices.text(file * each, each);
      Files.writeString(dropIns.resolve("%03d.yaml".formatted(file)), text);
    }
  }
}
