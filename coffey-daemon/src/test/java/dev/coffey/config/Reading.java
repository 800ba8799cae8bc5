package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.config.ConfigOutcome.Loaded;
import dev.coffey.config.ConfigOutcome.Refused;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads a configuration of a test as root, from `/etc/coffey`.
final class Reading {
  static final Host ROOT = new Host(0, Path.of("/root"), Map.of(), 2);

  private Reading() {}

  static ConfigOutcome of(MemoryFiles files) {
    return new ConfigReader(files, ROOT).read(ConfigRequest.boot(List.of()));
  }

  static ConfigOutcome of(String main) {
    return of(new MemoryFiles().with("/etc/coffey/config.yaml", main));
  }

  static Loaded loaded(ConfigOutcome outcome) {
    assertThat(outcome).isInstanceOf(Loaded.class);
    return (Loaded) outcome;
  }

  static Loaded loaded(String main) {
    return loaded(of(main));
  }

  /// The problems of a configuration that is refused, as `line:col code path: message`.
  static List<String> refused(String main) {
    return refused(of(main));
  }

  static List<String> refused(ConfigOutcome outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused) outcome).problems().stream().map(Reading::shown).toList();
  }

  static String shown(Problem problem) {
    String place = problem.place().replace("/etc/coffey/config.yaml:", "");
    return "%s %s %s: %s".formatted(place, problem.code(), problem.path(), problem.message());
  }

  static ServiceSpec service(Loaded loaded, String name) {
    return Objects.requireNonNull(loaded.plan().services().get(new ServiceName(name)), name);
  }

  /// The spec of service `web` with these keys, each line one key.
  static ServiceSpec web(String... keys) {
    String body = String.join("\n    ", keys);
    return service(loaded("services:\n  web:\n    " + body + "\n"), "web");
  }
}
