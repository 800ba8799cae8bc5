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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Turns the names a service mentions into edges that lead somewhere.
final class Linker {
  private final SortedMap<ServiceName, ServiceSpec> specs;
  private final Set<String> known;

  /// @param specs the services that can be linked to
  /// @param known all names, also of services that cannot be used
  Linker(SortedMap<ServiceName, ServiceSpec> specs, Set<String> known) {
    this.specs = specs;
    this.known = known;
  }

  /// The edges that a service itself asks for; `before` is left to the caller.
  Relations relations(ServiceName self, Values values, Problems problems) {
    Map<ServiceName, Dependency> edges = new LinkedHashMap<>();
    new EdgeReader(self, values, problems).dependencies(edges);
    List<ServiceName> after = new ArrayList<>();
    for (Mention mention : mentions(values, "after")) {
      target(self, mention, problems).ifPresent(after::add);
    }
    return new Relations(List.copyOf(edges.values()), after);
  }

  /// The services that a service wants to come before.
  List<ServiceName> before(ServiceName self, Values values, Problems problems) {
    List<ServiceName> before = new ArrayList<>();
    for (Mention mention : mentions(values, "before")) {
      target(self, mention, problems).ifPresent(before::add);
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

  private Optional<ServiceName> target(ServiceName self, Mention mention, Problems problems) {
    if (mention.name().equals(self.value())) {
      problems.error(
          "self-dependency",
          mention.place(),
          mention.path(),
          "service '%s' cannot depend on itself".formatted(self),
          "remove it");
      return Optional.empty();
    }
    if (!known.contains(mention.name())) {
      problems.error(
          "unknown-service",
          mention.place(),
          mention.path(),
          "service '%s' names '%s', but no service has that name".formatted(self, mention.name()),
          NearestWord.of(mention.name(), known).map("did you mean '%s'?"::formatted).orElse(""));
      return Optional.empty();
    }
    ServiceName name = new ServiceName(mention.name());
    return specs.containsKey(name) ? Optional.of(name) : Optional.empty();
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
                add(edges, new Mention(name, place, here), Tree.Mapping.empty(place));
            case Tree.Mapping body when body.value("name") instanceof Tree.Scalar name ->
                add(edges, new Mention(name.text(), name.place(), here), body);
            default -> {}
          }
        }
      }
      for (Mention mention : mentions(values, "binds_to")) {
        target(self, mention, problems)
            .ifPresent(on -> edges.merge(on, bound(on), (given, _) -> bound(given)));
      }
    }

    private Dependency bound(ServiceName on) {
      return new Dependency(on, usual(on), false, Reactions.BOUND);
    }

    private static Dependency bound(Dependency given) {
      return new Dependency(given.on(), given.condition(), false, Reactions.BOUND);
    }

    private void add(Map<ServiceName, Dependency> edges, Mention mention, Tree.Mapping body) {
      Optional<ServiceName> on = target(self, mention, problems);
      if (on.isEmpty()) {
        return;
      }
      Values edge = values.itemFields("depends_on", 0, body);
      Condition condition =
          edge.has("condition")
              ? RestartReader.word(Condition.class, edge.text("condition"))
              : usual(on.get());
      checkReachable(on.get(), condition, edge.placeOf("condition"), mention);
      Dependency dependency =
          new Dependency(on.get(), condition, edge.flag("optional"), reactions(edge.fields("on")));
      if (edges.putIfAbsent(on.get(), dependency) != null) {
        problems.error(
            "duplicate-dependency",
            mention.place(),
            mention.path(),
            "service '%s' depends on '%s' twice".formatted(self, mention.name()),
            "remove one");
      }
    }

    private void checkReachable(ServiceName on, Condition condition, Place place, Mention mention) {
      ServiceSpec target = specs.get(on);
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
      ServiceSpec target = specs.get(on);
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
