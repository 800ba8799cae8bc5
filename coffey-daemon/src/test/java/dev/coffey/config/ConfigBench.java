package dev.coffey.config;

import dev.coffey.config.ConfigOutcome.Loaded;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Measures what reading a large configuration from the disk costs: in a virtual machine that has
/// read nothing before, as `validate` does, and beside the parser of YAML alone.
final class ConfigBench {
  private static final int FILES = 200;
  private static final int SERVICES = 10_000;
  private static final double COLD_SECONDS_MAX = 2;

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
    write(directory.resolve("large"), SERVICES);
    write(directory.resolve("small"), SERVICES / 5);
    double cold = seconds(() -> read(directory.resolve("large"), SERVICES));
    System.out.printf(
        "%d services in %d files, first reading: %.2f s of CPU (at most %.0f s: %s)%n",
        SERVICES, FILES, cold, COLD_SECONDS_MAX, cold <= COLD_SECONDS_MAX ? "met" : "not met");
    double parse = least(() -> parse(directory.resolve("large")));
    double large = least(() -> read(directory.resolve("large"), SERVICES));
    double small = least(() -> read(directory.resolve("small"), SERVICES / 5));
    System.out.printf(
        "warm: %.2f s of CPU, %.1f times the parser of YAML alone%n", large, large / parse);
    System.out.printf("five times the services cost %.1f times as much%n", large / small);
  }

  private static double least(Runnable work) {
    double least = Double.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
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
