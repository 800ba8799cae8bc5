package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.NearestWord;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.Dependency.Reaction;
import dev.coffey.spec.Dependency.Reactions;
import dev.coffey.spec.Relations;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns the names a service mentions into edges that lead somewhere.
final class Linker {
  private final Map<String, ServiceSpec> specs;
  private final Names names;
  private final Map<String, String> leftOut;
  private final boolean someUnread;

  /// @param specs the services that can be linked to
  /// @param combined which names there are
  Linker(Map<String, ServiceSpec> specs, Combination.Combined combined) {
    this.specs = new HashMap<>(specs);
    this.names = combined.names();
    this.leftOut = combined.leftOut();
    this.someUnread = combined.someUnread();
  }

  /// The edges that a service itself asks for; `before` is left to the caller.
  Relations relations(ServiceName self, Values values, Problems problems) {
    Map<ServiceName, Dependency> edges = new LinkedHashMap<>();
    new EdgeReader(self, values, problems).dependencies(edges);
    List<ServiceName> after = new ArrayList<>();
    for (Mention mention : mentions(values, "after")) {
      after.addAll(targets(self, mention, true, problems));
    }
    return new Relations(List.copyOf(edges.values()), after);
  }

  /// The services that a service wants to come before.
  List<ServiceName> before(ServiceName self, Values values, Problems problems) {
    List<ServiceName> before = new ArrayList<>();
    for (Mention mention : mentions(values, "before")) {
      before.addAll(targets(self, mention, true, problems));
    }
    return before;
  }

  /// A name that a service mentions, and where.
  private record Mention(String name, Place place, KeyPath path) {}

  private static List<Mention> mentions(Values values, String key) {
    List<Mention> mentions = new ArrayList<>();
    KeyPath path = values.path().key(key);
    int index = 0;
    for (Tree item : values.items(key)) {
      if (item instanceof Tree.Scalar(String name, _, Place place)) {
        mentions.add(new Mention(name, place, path.item(index)));
      }
      index++;
    }
    return mentions;
  }

  private List<ServiceName> targets(
      ServiceName self, Mention mention, boolean optional, Problems problems) {
    List<String> resolved = names.resolve(mention.name());
    String missing = missing(mention.name(), resolved);
    if (mention.name().equals(self.value())) {
      problems.error(
          "self-dependency",
          mention.place(),
          mention.path(),
          "service '%s' cannot depend on itself".formatted(self),
          "remove it");
    } else if (!missing.isEmpty()) {
      if (!optional) {
        problems.error(
            "dependency-disabled",
            mention.place(),
            mention.path(),
            "service '%s' requires '%s', which is %s"
                .formatted(self, missing, leftOut.get(missing)),
            "make the dependency optional, or leave '%s' out too".formatted(self));
      }
    } else if (resolved.isEmpty() && !names.has(mention.name()) && !someUnread) {
      unknown(self, mention, problems);
    }
    List<ServiceName> targets = new ArrayList<>(resolved.size());
    for (String name : resolved) {
      ServiceSpec spec = specs.get(name);
      if (spec != null && !name.equals(self.value())) {
        targets.add(spec.name());
      }
    }
    return targets;
  }

  /// Who is left out of what a name stands for; empty where nobody is.
  private String missing(String name, List<String> resolved) {
    if (leftOut.isEmpty()) {
      return "";
    }
    int at = name.indexOf('@');
    String template = at < 0 ? name : name.substring(0, at);
    return resolved.isEmpty() && leftOut.containsKey(name)
        ? name
        : resolved.isEmpty() && leftOut.containsKey(template)
            ? template
            : names.members(name).stream().filter(leftOut::containsKey).findFirst().orElse("");
  }

  private void unknown(ServiceName self, Mention mention, Problems problems) {
    problems.error(
        "unknown-service",
        mention.place(),
        mention.path(),
        "service '%s' names '%s', but no service has that name".formatted(self, mention.name()),
        NearestWord.of(mention.name().replaceFirst("\\.service$", ""), names.all())
            .map("did you mean '%s'?"::formatted)
            .orElse(""));
  }

  /// Reads the requirements of one service.
  private final class EdgeReader {
    private final ServiceName self;
    private final Values values;
    private final Problems problems;

    EdgeReader(ServiceName self, Values values, Problems problems) {
      this.self = self;
      this.values = values;
      this.problems = problems;
    }

    void dependencies(Map<ServiceName, Dependency> edges) {
      KeyPath path = values.path().key("depends_on");
      if (values.tree("depends_on") instanceof Tree.Mapping mapping) {
        mapping
            .fields()
            .forEach((name, field) ->
                add(
                    edges,
                    new Mention(name, field.place(), path.key(name)),
                    (Tree.Mapping) field.value()));
      } else {
        int index = 0;
        for (Tree item : values.items("depends_on")) {
          KeyPath here = path.item(index++);
          switch (item) {
            case Tree.Scalar(String name, _, Place place) ->
                addUsual(edges, new Mention(name, place, here));
            case Tree.Mapping body when body.value("name") instanceof Tree.Scalar name ->
                add(edges, new Mention(name.text(), name.place(), here), body);
            default -> {}
          }
        }
      }
      for (Mention mention : mentions(values, "binds_to")) {
        for (ServiceName on : targets(self, mention, false, problems)) {
          edges.merge(on, bound(on), (given, _) -> bound(given));
        }
      }
    }

    private Dependency bound(ServiceName on) {
      return new Dependency(on, usual(on), false, Reactions.BOUND);
    }

    private static Dependency bound(Dependency given) {
      return new Dependency(given.on(), given.condition(), false, Reactions.BOUND);
    }

    private void add(Map<ServiceName, Dependency> edges, Mention mention, Tree.Mapping body) {
      Values edge = values.itemFields("depends_on", 0, body);
      for (ServiceName on : targets(self, mention, edge.flag("optional"), problems)) {
        Condition condition =
            edge.has("condition")
                ? RestartReader.word(Condition.class, edge.text("condition"))
                : usual(on);
        checkReachable(on, condition, edge.placeOf("condition"), mention);
        Reactions reactions = edge.has("on") ? reactions(edge.fields("on")) : Reactions.DEFAULT;
        boolean optional = edge.flag("optional");
        add(edges, mention, new Dependency(on, condition, optional, reactions));
      }
    }

    /// A name alone, as most dependencies are written.
    private void addUsual(Map<ServiceName, Dependency> edges, Mention mention) {
      for (ServiceName on : targets(self, mention, false, problems)) {
        Condition condition = usual(on);
        checkReachable(on, condition, mention.place(), mention);
        add(edges, mention, new Dependency(on, condition, false, Reactions.DEFAULT));
      }
    }

    private void add(Map<ServiceName, Dependency> edges, Mention mention, Dependency dependency) {
      if (edges.putIfAbsent(dependency.on(), dependency) != null) {
        problems.error(
            "duplicate-dependency",
            mention.place(),
            mention.path(),
            "service '%s' depends on '%s' twice".formatted(self, dependency.on()),
            "remove one");
      }
    }

    private void checkReachable(ServiceName on, Condition condition, Place place, Mention mention) {
      ServiceSpec target = specs.get(on.value());
      boolean never =
          condition == Condition.COMPLETED
              && target != null
              && target.start().kind() == StartSpec.Kind.SERVICE
              && target.restart().policy() == RestartPolicy.ALWAYS;
      if (never) {
        problems.error(
            "never-completes",
            place,
            mention.path().key("condition"),
            "service '%s' waits until '%s' has completed, but that one is always restarted"
                .formatted(self, on),
            "make '%s' a oneshot, or wait for 'healthy'".formatted(on));
      }
    }

    private Condition usual(ServiceName on) {
      ServiceSpec target = specs.get(on.value());
      return target == null ? Condition.STARTED : target.defaultCondition();
    }

    private static Reactions reactions(Values on) {
      return new Reactions(
          reaction(on, "stop"),
          reaction(on, "crash"),
          reaction(on, "unhealthy"),
          reaction(on, "restart"));
    }

    private static Reaction reaction(Values on, String key) {
      return RestartReader.word(Reaction.class, on.text(key));
    }
  }
}
