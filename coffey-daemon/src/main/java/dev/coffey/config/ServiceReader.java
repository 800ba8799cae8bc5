package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.About;
import dev.coffey.spec.Features;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.Relations;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes a service's spec, without its edges, from checked values; what contradicts itself is
/// reported.
final class ServiceReader {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  private final Path base;
  private final Host host;
  private final Values defaults;
  private final UsualParts usual = new UsualParts();

  /// @param defaults what stands under `defaults:`
  ServiceReader(Path base, Host host, Values defaults) {
    this.base = base;
    this.host = host;
    this.defaults = defaults;
  }

  /// The spec; nothing when an error makes it pointless.
  Optional<ServiceSpec> read(ServiceName name, Values values, Problems problems) {
    usual.turnTo(values);
    var exec = new ExecReader(base, host, problems, usual).read(values, defaults);
    String directory = exec.map(spec -> spec.directory()).orElse("/");
    HealthSpec health = new HealthReader(directory, problems).read(values.fields("healthcheck"));
    RestartReader restarts = new RestartReader(problems, usual);
    var restart = restarts.restart(values);
    var stop = restarts.stop(values);
    LogSpec logs = logs(values);
    Features features = features(values, problems);
    if (exec.isEmpty() || problems.hasErrors()) {
      return Optional.empty();
    }
    return Optional.of(
        new ServiceSpec(
            name,
            about(values),
            exec.get(),
            start(values, health),
            Relations.NONE,
            health,
            restart,
            stop,
            logs,
            features));
  }

  private About about(Values values) {
    About known = usual.about.known();
    if (known != null) {
      return known;
    }
    Values part = usual.about.of(values);
    TreeMap<String, String> labels = new TreeMap<>();
    part.mapping("labels")
        .fields()
        .forEach((label, field) -> {
          if (field.value() instanceof Tree.Scalar text) {
            labels.put(label, text.text());
          }
        });
    return usual.about.keep(new About(part.text("description"), labels, part.text("tier")));
  }

  private static StartSpec start(Values values, HealthSpec health) {
    StartSpec.Kind kind = StartSpec.Kind.valueOf(values.text("type").toUpperCase(Locale.ROOT));
    return new StartSpec(
        kind,
        values.flag("enabled"),
        startTimeout(values, health),
        values.flag("remain_after_exit"),
        values.duration("max_runtime").orElse(null));
  }

  private static @Nullable Duration startTimeout(Values values, HealthSpec health) {
    if (values.has("start_timeout")) {
      return values.duration("start_timeout").orElse(null);
    }
    return health.hasReadiness() ? START_TIMEOUT : null;
  }

  private Features features(Values values, Problems problems) {
    Features known = usual.features.known();
    return known == null
        ? usual.features.keep(new FeatureReader(base, problems).read(usual.features.of(values)))
        : known;
  }

  private LogSpec logs(Values values) {
    LogSpec known = usual.logs.known();
    return known == null ? usual.logs.keep(ofLogs(usual.logs.of(values).fields("logs"))) : known;
  }

  private static LogSpec ofLogs(Values values) {
    var streams = values.texts("streams");
    return new LogSpec(
        values.size("segment"),
        values.count("keep"),
        values.duration("max_age").orElse(null),
        LogSpec.Pressure.valueOf(values.text("pressure").toUpperCase(Locale.ROOT)),
        streams.contains("stdout"),
        streams.contains("stderr"),
        (int) values.size("line_max"));
  }
}
