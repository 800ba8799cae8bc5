package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.Backend;
import dev.coffey.spec.Command;
import dev.coffey.spec.DeploySpec;
import dev.coffey.spec.Features;
import dev.coffey.spec.Features.Around;
import dev.coffey.spec.Features.Given;
import dev.coffey.spec.Features.Secret;
import dev.coffey.spec.Features.SinkChoice;
import dev.coffey.spec.Features.Survival;
import dev.coffey.spec.HookSpec;
import dev.coffey.spec.HookSpec.Hook;
import dev.coffey.spec.Listener;
import dev.coffey.spec.WatchSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a service has beyond running.
final class FeatureReader {
  private static final Duration HOOK_TIMEOUT = Duration.ofSeconds(30);

  private final Path base;
  private final Problems problems;

  FeatureReader(Path base, Problems problems) {
    this.base = base;
    this.problems = problems;
  }

  Features read(Values values) {
    Given given =
        new Given(new SocketReader(problems).read(values), secrets(values), backend(values));
    Around around =
        new Around(
            listen(values),
            values.has("schedule") ? new ScheduleReader(problems).read(values) : null,
            values.has("watch") ? watch(values.fields("watch")) : null,
            values.has("hooks") ? hooks(values.fields("hooks")) : HookSpec.NONE,
            values.has("deploy") ? deploy(values.fields("deploy")) : null,
            values.has("notify") ? new SinkChoice(false, values.texts("notify")) : SinkChoice.ALL,
            survival(values));
    return new Features(given, around);
  }

  private static Survival survival(Values values) {
    return !values.has("survive_daemon")
        ? Survival.USUAL
        : values.flag("survive_daemon") ? Survival.ALWAYS : Survival.NEVER;
  }

  private List<Listener> listen(Values values) {
    ListenerReader reader = new ListenerReader(problems);
    List<Listener> listeners = new ArrayList<>();
    for (Tree item : values.items("listen")) {
      if (item instanceof Tree.Scalar(String text, _, var place)) {
        reader.read(text, place, values.path().key("listen")).ifPresent(listeners::add);
      }
    }
    return listeners;
  }

  private List<Secret> secrets(Values values) {
    List<Secret> secrets = new ArrayList<>();
    int index = 0;
    for (Tree item : values.items("secrets")) {
      if (item instanceof Tree.Mapping mapping) {
        Values secret = values.itemFields("secrets", index, mapping);
        String file = base.resolve(secret.text("file")).normalize().toString();
        secrets.add(new Secret(secret.text("name"), file));
      }
      index++;
    }
    return secrets;
  }

  private Backend backend(Values values) {
    if (!values.hasFields("backend")) {
      return new Backend.Own();
    }
    Values backend = values.fields("backend");
    if (backend.has("systemd") == backend.has("launchd")) {
      problems.error(
          "contradiction",
          values.placeOf("backend"),
          values.path().key("backend"),
          "'backend' must name either a systemd unit or a launchd label",
          "");
      return new Backend.Own();
    }
    return backend.has("systemd")
        ? new Backend.Systemd(backend.text("systemd"), backend.flag("user"), backend.flag("sudo"))
        : new Backend.Launchd(backend.text("launchd"));
  }

  private static WatchSpec watch(Values values) {
    return new WatchSpec(
        values.texts("include"),
        values.texts("ignore"),
        values.texts("shared"),
        values.span("debounce"));
  }

  private HookSpec hooks(Values values) {
    return new HookSpec(
        hook(values, "pre_start"),
        hook(values, "post_start"),
        hook(values, "pre_stop"),
        hook(values, "post_stop"));
  }

  private @Nullable Hook hook(Values values, String name) {
    if (!values.has(name)) {
      return null;
    }
    CommandReader commands = new CommandReader(problems);
    if (!values.hasFields(name)) {
      return commands
          .of(values, name, false)
          .map(command -> new Hook(command, HOOK_TIMEOUT))
          .orElse(null);
    }
    Values hook = values.fields(name);
    return commands
        .of(hook, "command", hook.flag("shell"))
        .map(command -> new Hook(command, hook.span("timeout")))
        .orElse(null);
  }

  private DeploySpec deploy(Values values) {
    return new DeploySpec(
        commands(values, "steps"),
        commands(values, "rollback"),
        values.text("repo"),
        values.text("branch"),
        values.flag("require_confirmation"),
        values.span("step_timeout"));
  }

  private List<Command> commands(Values values, String key) {
    List<Command> commands = new ArrayList<>();
    for (Tree item : values.items(key)) {
      new CommandReader(problems).of(item, values, key).ifPresent(commands::add);
    }
    return commands;
  }
}
