package dev.coffey.config;

import dev.coffey.config.keys.Loopback;
import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.Doors;
import dev.coffey.spec.Doors.AccessRule;
import dev.coffey.spec.Doors.History;
import dev.coffey.spec.Doors.Http;
import dev.coffey.spec.Doors.Remote;
import dev.coffey.spec.Doors.Sink;
import dev.coffey.spec.Doors.Tls;
import dev.coffey.spec.Listener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads how the daemon is reached beyond its socket, and where it tells what happened.
final class DoorsReader {
  private final Path base;
  private final Problems problems;

  DoorsReader(Path base, Problems problems) {
    this.base = base;
    this.problems = problems;
  }

  Doors read(Values values) {
    Values history = values.fields("history");
    return new Doors(
        access(values),
        values.hasFields("remote") ? remote(values.fields("remote")) : null,
        values.hasFields("http") ? http(values.fields("http")) : null,
        new History(path(history, "path"), history.span("keep")),
        sinks(values),
        values.fields("container").text("exit_with"));
  }

  private static List<AccessRule> access(Values values) {
    List<AccessRule> rules = new ArrayList<>();
    int index = 0;
    for (Tree item : values.items("access")) {
      if (item instanceof Tree.Mapping mapping) {
        Values rule = values.itemFields("access", index, mapping);
        rules.add(
            new AccessRule(
                rule.text("role"),
                rule.texts("users"),
                rule.texts("groups"),
                rule.texts("services")));
      }
      index++;
    }
    return rules;
  }

  private @Nullable Remote remote(Values values) {
    Tls tls = tls(values);
    return listen(values, tls)
        .map(listen -> {
          if (!values.has("tokens_file") && tls == null) {
            unsafe(values, "gRPC over TCP needs a tokens_file, or tls with a client_ca");
          }
          return new Remote(listen, tls, path(values, "tokens_file"));
        })
        .orElse(null);
  }

  private @Nullable Http http(Values values) {
    Tls tls = tls(values);
    return listen(values, tls)
        .map(listen -> new Http(listen, tls, path(values, "token_file")))
        .orElse(null);
  }

  private Optional<Listener> listen(Values values, @Nullable Tls tls) {
    if (!values.has("listen")) {
      return Optional.empty();
    }
    Optional<Listener> listen =
        new ListenerReader(problems)
            .read(values.text("listen"), values.placeOf("listen"), values.path().key("listen"));
    boolean open = listen.filter(at -> !Loopback.is(at.host())).isPresent();
    if (open && tls == null) {
      unsafe(values, "without tls it may listen on loopback only, such as 127.0.0.1");
    }
    return listen;
  }

  private void unsafe(Values values, String message) {
    problems.error(
        "open-listener", values.placeOf("listen"), values.path().key("listen"), message, "");
  }

  private @Nullable Tls tls(Values values) {
    if (!values.has("tls")) {
      return null;
    }
    Values tls = values.fields("tls");
    return new Tls(path(tls, "cert"), path(tls, "key"), path(tls, "client_ca"));
  }

  private List<Sink> sinks(Values values) {
    List<Sink> sinks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int index = 0;
    for (Tree item : values.items("notify")) {
      if (item instanceof Tree.Mapping mapping) {
        Values sink = values.itemFields("notify", index, mapping);
        if (!names.add(sink.text("name"))) {
          problems.error(
              "duplicate-sink",
              sink.placeOf("name"),
              sink.path().key("name"),
              "sink '%s' is defined twice".formatted(sink.text("name")),
              "");
        }
        sinks.add(sink(sink));
      }
      index++;
    }
    return sinks;
  }

  private Sink sink(Values values) {
    return new Sink(
        values.text("name"),
        values.text("type"),
        values.text("url"),
        new CommandReader(problems).of(values, "command", false).orElse(null),
        values.texts("events"),
        values.text("template"));
  }

  private String path(Values values, String key) {
    return values.has(key) ? base.resolve(values.text(key)).normalize().toString() : "";
  }
}
