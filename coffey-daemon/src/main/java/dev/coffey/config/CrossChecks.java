package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.NearestWord;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.Doors;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// Checks the names by which the daemon's part, the groups, the profiles and the services mention
/// each other.
final class CrossChecks {
  private final Doors doors;
  private final Combination.Combined combined;
  private final List<Document> documents;
  private final Names names;

  /// @param documents the files, of which a drop-in keeps what is wrong with it to itself
  CrossChecks(Doors doors, Combination.Combined combined, List<Document> documents) {
    this.doors = doors;
    this.combined = combined;
    this.documents = documents;
    this.names = combined.names();
  }

  void check(Values top, Problems general, Collection<Draft> drafts) {
    String exit = doors.exitWith();
    if (!exit.isEmpty() && names.resolve(exit).size() != 1) {
      Values container = top.fields("coffey").fields("container");
      unknown(
          exit,
          container.placeOf("exit_with"),
          container.path().key("exit_with"),
          names.all(),
          general);
    }
    members(top, general);
    selections(top, general);
    Set<String> sinks = new TreeSet<>();
    doors.sinks().forEach(sink -> sinks.add(sink.name()));
    drafts.forEach(draft -> check(draft, sinks));
  }

  /// Whoever is in a group must be a service, if only one that is left out.
  private void members(Values top, Problems general) {
    if (top.mapping("groups").fields().isEmpty()) {
      return;
    }
    Set<String> services = new TreeSet<>(names.services());
    services.addAll(combined.leftOut().keySet());
    top.mapping("groups")
        .fields()
        .forEach((group, field) -> {
          KeyPath path = top.path().key("groups").key(group);
          if (services.contains(group)) {
            problems(field.place(), general)
                .error(
                    "group-like-service",
                    field.place(),
                    path,
                    "group '%s' has the name of a service, which is meant wherever it is named"
                        .formatted(group),
                    "name the group otherwise");
          }
          each(field.value(), path, (text, at) -> known(text, at, services, general));
        });
  }

  /// What a profile holds must be a service or a group, or a pattern that fits one.
  private void selections(Values top, Problems general) {
    if (top.mapping("profiles").fields().isEmpty()) {
      return;
    }
    Set<String> all = new TreeSet<>(names.all());
    all.addAll(combined.leftOut().keySet());
    Names possible = new Names(all, Tree.Mapping.empty(top.place()));
    top.mapping("profiles")
        .fields()
        .forEach((profile, field) -> {
          KeyPath path = top.path().key("profiles").key(profile);
          each(
              field.value(),
              path,
              (text, at) -> {
                if (!Names.isPattern(text.text())) {
                  known(text, at, all, general);
                } else if (possible.matching(text.text()).isEmpty() && !all.isEmpty()) {
                  String message = "'%s' fits no service".formatted(text.text());
                  problems(text.place(), general)
                      .warning("no-match", text.place(), at, message, "");
                }
              });
        });
  }

  private static void each(Tree names, KeyPath path, BiConsumer<Tree.Scalar, KeyPath> look) {
    switch (names) {
      case Tree.Scalar name -> look.accept(name, path);
      case Tree.Sequence list -> {
        int index = 0;
        for (Tree item : list.items()) {
          each(item, path.item(index++), look);
        }
      }
      case Tree.Mapping _, Tree.Empty _ -> {}
    }
  }

  private void known(Tree.Scalar name, KeyPath path, Set<String> known, Problems general) {
    if (!known.contains(name.text()) && !combined.someUnread()) {
      unknown(name.text(), name.place(), path, known, problems(name.place(), general));
    }
  }

  private static void unknown(
      String name, Place place, KeyPath path, Collection<String> known, Problems problems) {
    problems.error(
        "unknown-service",
        place,
        path,
        "no service is named '%s'".formatted(name),
        NearestWord.of(name, known).map("did you mean '%s'?"::formatted).orElse(""));
  }

  /// A daemon that starts goes on without a bad drop-in, but not without its main file.
  private Problems problems(Place place, Problems general) {
    for (Document document : documents) {
      if (document.dropIn() && document.name().equals(place.source().name())) {
        return document.problems();
      }
    }
    return general;
  }

  private static void check(Draft draft, Set<String> sinks) {
    for (String sink : draft.values().texts("notify")) {
      if (!sinks.contains(sink)) {
        draft
            .problems()
            .error(
                "unknown-sink",
                draft.values().placeOf("notify"),
                draft.values().path().key("notify"),
                "no sink of coffey.notify is named '%s'".formatted(sink),
                NearestWord.help(sink, sinks));
      }
    }
  }
}
