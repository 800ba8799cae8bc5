package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.Check;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.ProbeSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the probes of a service.
final class HealthReader {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration READY = Duration.ofSeconds(5);
  private static final Duration ALIVE = Duration.ofSeconds(10);

  private final String directory;
  private final Problems problems;

  /// @param directory what relative paths are relative to
  HealthReader(String directory, Problems problems) {
    this.directory = directory;
    this.problems = problems;
  }

  HealthSpec read(Values values) {
    return new HealthSpec(
        probe(values, "startup", FIRST),
        probe(values, "readiness", READY),
        probe(values, "liveness", ALIVE));
  }

  private @Nullable ProbeSpec probe(Values health, String kind, Duration usual) {
    if (!health.has(kind)) {
      return null;
    }
    Values values = health.fields(kind);
    Check check = check(values);
    if (check == null) {
      return null;
    }
    Duration interval = values.duration("interval").orElse(usual);
    boolean soonAtFirst = kind.equals("readiness") && interval.compareTo(FIRST) > 0;
    return new ProbeSpec(
        check,
        values.span("initial_delay"),
        soonAtFirst ? FIRST : interval,
        interval,
        values.span("timeout"),
        values.count("success_threshold"),
        values.count("failure_threshold"),
        kind.equals("liveness")
            ? RestartReader.word(ProbeSpec.Action.class, values.text("action"))
            : ProbeSpec.Action.NONE);
  }

  private @Nullable Check check(Values values) {
    return switch (values.text("type")) {
      case "http" -> values.has("url") ? http(values) : null;
      case "tcp" -> values.has("address") ? new Check.Tcp(values.text("address")) : null;
      case "unix" -> values.has("path") ? new Check.Unix(path(values)) : null;
      case "file" -> values.has("path") ? new Check.File(path(values)) : null;
      case "exec" ->
          new CommandReader(problems)
              .of(values, "command", values.flag("shell"))
              .map(Check.Exec::new)
              .orElse(null);
      case "grpc" ->
          values.has("address")
              ? new Check.Grpc(values.text("address"), values.text("service"))
              : null;
      case "log" -> values.has("pattern") ? new Check.LogLine(values.text("pattern")) : null;
      case "notify" -> new Check.Notify();
      case "fd" -> new Check.Descriptor();
      default -> null;
    };
  }

  private static Check http(Values values) {
    TreeMap<String, String> headers = new TreeMap<>();
    values
        .mapping("headers")
        .fields()
        .forEach((name, field) -> {
          if (field.value() instanceof Tree.Scalar text) {
            headers.put(name, text.text());
          }
        });
    return new Check.Http(
        values.text("url"),
        values.text("method"),
        headers,
        values.text("status"),
        values.text("body"));
  }

  private String path(Values values) {
    return Path.of(directory).resolve(values.text("path")).normalize().toString();
  }
}
