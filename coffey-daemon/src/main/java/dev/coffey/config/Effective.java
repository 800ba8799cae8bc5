package dev.coffey.config;

import dev.coffey.config.keys.Units;
import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.spec.ServiceSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The configuration as it works, after merging, setting and defaulting; written out, it reads back
/// as the same plan.
public final class Effective {
  private final Values top;
  private final Tree.Mapping defaultEnv;
  private final DaemonSpec daemon;
  private final List<Draft> services;
  private final Set<String> later;
  private final Set<String> leftOut;

  Effective(
      Combination.Combined combined,
      DaemonSpec daemon,
      Values top,
      Collection<Draft> services,
      Set<String> later) {
    this.top = top;
    this.defaultEnv = combined.defaults().written();
    this.daemon = daemon;
    this.services = List.copyOf(services);
    this.later = later;
    this.leftOut = combined.leftOut().keySet();
  }

  /// The whole configuration as YAML.
  ///
  /// @param origins whether each value is followed by where it comes from
  public String yaml(boolean origins) {
    return written("", origins).text();
  }

  /// One service as YAML; empty when there is none of that name.
  public Optional<String> yaml(String service, boolean origins) {
    return services().contains(service)
        ? Optional.of(written(service, origins).text())
        : Optional.empty();
  }

  /// All values of a service, or of all when the name is empty.
  List<EffectiveWriter.Row> rows(String service) {
    return written(service, true).rows();
  }

  private EffectiveWriter written(String service, boolean origins) {
    EffectiveWriter writer = new EffectiveWriter(origins, later);
    if (service.isEmpty()) {
      writeDaemon(writer);
    }
    // Kept apart from the services' own, since files of variables come in between.
    Tree env = defaultEnv.value("env");
    if (env != null) {
      writer.open(0, "defaults");
      writer.value(1, "env", env);
    }
    if (service.isEmpty() && top.has("groups")) {
      writer.value(0, "groups", groups(top.mapping("groups")));
    }
    List<Draft> shown =
        services.stream()
            .filter(draft -> !draft.isBroken())
            .filter(draft -> service.isEmpty() || draft.name().value().equals(service))
            .toList();
    if (shown.isEmpty()) {
      writer.value(0, "services", Tree.Mapping.empty(top.place()));
    } else {
      writer.open(0, "services");
      shown.forEach(draft -> write(writer, draft));
    }
    return writer;
  }

  private void writeDaemon(EffectiveWriter writer) {
    writer.open(0, "coffey");
    writer.fields(1, top.fields("coffey"), computed(daemon));
  }

  /// The names of all services, in the order written.
  public List<String> services() {
    return services.stream()
        .filter(draft -> !draft.isBroken())
        .map(draft -> draft.name().value())
        .toList();
  }

  private void write(EffectiveWriter writer, Draft draft) {
    Tree.Mapping written = draft.values().written();
    for (String key : List.of("depends_on", "after", "before")) {
      Tree value = written.value(key);
      if (value != null && !leftOut.isEmpty()) {
        written = written.with(key, new Tree.Field(written.placeOf(key), without(value)));
      }
    }
    Values values = new Values(draft.values().table(), written, draft.values().path());
    writer.open(1, draft.name().value());
    writer.fields(2, values, draft.read().map(Effective::computed).orElse(Map.of()));
  }

  private Tree.Mapping groups(Tree.Mapping written) {
    Tree.Mapping groups = written;
    for (Map.Entry<String, Tree.Field> group : written.fields().entrySet()) {
      Tree.Field field = group.getValue();
      groups = groups.with(group.getKey(), field.with(without(field.value())));
    }
    return groups;
  }

  private Tree without(Tree mentions) {
    return switch (mentions) {
      case Tree.Mapping map -> map.without(leftOut.toArray(String[]::new));
      case Tree.Sequence(List<Tree> items, boolean replaces, var place) ->
          new Tree.Sequence(
              items.stream().filter(item -> !isLeftOut(item)).toList(), replaces, place);
      case Tree.Scalar _, Tree.Empty _ -> mentions;
    };
  }

  private boolean isLeftOut(Tree item) {
    return switch (item) {
      case Tree.Scalar name -> leftOut.contains(name.text());
      case Tree.Mapping edge ->
          edge.value("name") instanceof Tree.Scalar name && leftOut.contains(name.text());
      case Tree.Sequence _, Tree.Empty _ -> false;
    };
  }

  private static Map<String, String> computed(ServiceSpec spec) {
    Map<String, String> computed = new HashMap<>();
    computed.put("directory", spec.exec().directory());
    computed.put(
        "no_new_privileges", Boolean.toString(spec.exec().credentials().noNewPrivileges()));
    var timeout = spec.start().timeout();
    computed.put("start_timeout", timeout == null ? "none" : Units.shown(timeout));
    interval(computed, "startup", spec.health().startup());
    interval(computed, "readiness", spec.health().readiness());
    interval(computed, "liveness", spec.health().liveness());
    return computed;
  }

  private static void interval(
      Map<String, String> computed, String kind, @Nullable ProbeSpec probe) {
    if (probe != null) {
      computed.put("healthcheck." + kind + ".interval", Units.shown(probe.interval()));
    }
  }

  private static Map<String, String> computed(DaemonSpec daemon) {
    Map<String, String> computed = new HashMap<>();
    computed.put("socket", daemon.control().socket().toString());
    computed.put("socket_mode", "0" + Integer.toOctalString(daemon.control().mode()));
    computed.put("pid_file", daemon.directories().pidFile().toString());
    computed.put("runtime_dir", daemon.directories().runtime().toString());
    computed.put("state_dir", daemon.directories().state().toString());
    computed.put("logs.dir", daemon.directories().logs().toString());
    computed.put("start_parallelism", Integer.toString(daemon.limits().startParallelism()));
    return computed;
  }
}
