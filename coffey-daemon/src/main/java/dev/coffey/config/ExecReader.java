package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.Credentials;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ResourceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads what the process itself sees.
final class ExecReader {
  private static final List<String> BY_SETPRIV =
      List.of("user", "group", "groups", "no_new_privileges", "capabilities");
  private static final List<String> BY_SHELL =
      List.of("umask", "nice", "ionice", "oom_score_adj", "limits", "cgroup", "sockets");

  private final Path base;
  private final Host host;
  private final Problems problems;
  private final UsualParts usual;

  ExecReader(Path base, Host host, Problems problems, UsualParts usual) {
    this.base = base;
    this.host = host;
    this.problems = problems;
    this.usual = usual;
  }

  Optional<ExecSpec> read(Values values, Values defaults) {
    needs(values, "setpriv", "util-linux' program 'setpriv'", BY_SETPRIV);
    needs(values, "sh", "'/bin/sh'", BY_SHELL);
    var command = new CommandReader(problems).ofService(values);
    var env = new EnvReader(base, problems).read(values, defaults);
    var resources = resources(values);
    if (command.isEmpty() || resources.isEmpty()) {
      return Optional.empty();
    }
    ExecSpec.Stdin stdin = ExecSpec.Stdin.valueOf(values.text("stdin").toUpperCase(Locale.ROOT));
    return Optional.of(
        new ExecSpec(
            command.get(),
            directory(values),
            env,
            credentials(values),
            resources.get(),
            stdin,
            values.flag("tty")));
  }

  private void needs(Values values, String program, String shown, List<String> keys) {
    if (!host.missing().contains(program)) {
      return;
    }
    for (String key : keys) {
      if (values.has(key)) {
        problems.error(
            "missing-program",
            values.placeOf(key),
            values.path().key(key),
            "'%s' needs %s, which is not installed".formatted(key, shown),
            "");
      }
    }
  }

  private String directory(Values values) {
    return values.has("directory")
        ? base.resolve(values.text("directory")).normalize().toString()
        : host.isRoot() ? "/" : base.toString();
  }

  private Optional<ResourceSpec> resources(Values values) {
    ResourceSpec known = usual.resources.known();
    return known == null
        ? new ResourceReader(problems).read(usual.resources.of(values)).map(usual.resources::keep)
        : Optional.of(known);
  }

  private Credentials credentials(Values values) {
    Credentials known = usual.credentials.known();
    return known == null
        ? usual.credentials.keep(ofCredentials(usual.credentials.of(values)))
        : known;
  }

  private static Credentials ofCredentials(Values values) {
    boolean changes = values.has("user");
    List<String> kept = values.texts("capabilities");
    return new Credentials(
        values.text("user"),
        values.text("group"),
        values.texts("groups"),
        values.has("no_new_privileges") ? values.flag("no_new_privileges") : changes,
        changes || values.has("capabilities"),
        kept);
  }
}
