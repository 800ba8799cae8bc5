package dev.coffey.config;

import dev.coffey.config.tree.NearestWord;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Source;
import dev.coffey.config.tree.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Leaves out what `disable` names and what no profile asks for, and remembers why.
final class Selection {
  private final SequencedMap<String, Definition> services;
  private final Tree.Mapping top;
  private final Problems problems;
  private final Map<String, String> leftOut = new TreeMap<>();

  /// @param services those that remain are left in it
  /// @param top the checked top of the files
  Selection(SequencedMap<String, Definition> services, Tree.Mapping top, Problems problems) {
    this.services = services;
    this.top = top;
    this.problems = problems;
  }

  /// Who was left out, and by what.
  Map<String, String> leftOut() {
    return leftOut;
  }

  /// Leaves out the services that patterns name.
  void disable(List<String> patterns) {
    Place option = Place.whole(Source.named("--disable"));
    patterns.forEach(pattern -> disable(pattern, option));
    if (top.value("disable") instanceof Tree.Sequence list) {
      for (Tree item : list.items()) {
        if (item instanceof Tree.Scalar pattern) {
          disable(pattern.text(), pattern.place());
        }
      }
    }
  }

  private void disable(String pattern, Place place) {
    List<String> named = names().matching(pattern);
    if (named.isEmpty()) {
      problems.warning(
          "no-match",
          place,
          "disable",
          "'%s' names no service".formatted(pattern),
          NearestWord.of(pattern, services.keySet())
              .map("did you mean '%s'?"::formatted)
              .orElse(""));
    }
    for (String name : named) {
      leaveOut(name, "disabled by '%s' in %s".formatted(pattern, place.shown()));
    }
  }

  private void leaveOut(String name, String reason) {
    services.remove(name);
    leftOut.put(name, reason);
  }

  /// Leaves out the services that belong to other profiles only.
  void profiles(List<String> active) {
    Tree.Mapping named =
        top.value("profiles") instanceof Tree.Mapping mapping
            ? mapping
            : Tree.Mapping.empty(top.place());
    if (!active.isEmpty()) {
      checkKnown(active, named);
    }
    boolean selective = active.stream().anyMatch(named.fields()::containsKey);
    Set<String> kept = new HashSet<>();
    for (String profile : active) {
      kept.addAll(withRequired(selected(named.value(profile))));
    }
    for (Definition service : List.copyOf(services.values())) {
      List<String> own = service.texts("profiles");
      boolean wanted = own.isEmpty() ? !selective : own.stream().anyMatch(active::contains);
      if (!wanted && !kept.contains(service.name())) {
        leaveOut(service.name(), "in none of the profiles that are on");
      }
    }
  }

  private void checkKnown(List<String> active, Tree.Mapping named) {
    Set<String> known = new TreeSet<>(named.fields().keySet());
    services.values().forEach(service -> known.addAll(service.texts("profiles")));
    for (String profile : active) {
      if (!known.contains(profile)) {
        problems.error(
            "unknown-profile",
            Place.whole(Source.named("--profile")),
            "profiles",
            "no profile is named '%s'".formatted(profile),
            NearestWord.help(profile, known));
      }
    }
  }

  private List<String> selected(@Nullable Tree patterns) {
    List<String> selected = new ArrayList<>();
    switch (patterns) {
      case Tree.Scalar pattern -> selected.addAll(names().matching(pattern.text()));
      case Tree.Sequence list -> list.items().forEach(item -> selected.addAll(selected(item)));
      case null, default -> {}
    }
    return selected;
  }

  private Set<String> withRequired(List<String> start) {
    Names names = names();
    Set<String> all = new HashSet<>(start);
    Deque<String> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      Definition service = services.get(open.remove());
      if (service != null) {
        for (String mention : service.required()) {
          names.resolve(mention).stream().filter(all::add).forEach(open::add);
        }
      }
    }
    return all;
  }

  private Names names() {
    Tree.Mapping groups =
        top.value("groups") instanceof Tree.Mapping mapping
            ? mapping
            : Tree.Mapping.empty(top.place());
    return new Names(services.keySet(), groups);
  }
}
