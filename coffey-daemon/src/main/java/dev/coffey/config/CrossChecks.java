package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.NearestWord;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.Doors;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Checks the names by which the daemon's part and the services mention each other.
final class CrossChecks {
  private final Doors doors;
  private final Names names;

  CrossChecks(Doors doors, Names names) {
    this.doors = doors;
    this.names = names;
  }

  void check(Values coffey, Problems problems, Collection<Draft> drafts) {
    String exit = doors.exitWith();
    if (!exit.isEmpty() && names.resolve(exit).size() != 1) {
      Values container = coffey.fields("container");
      problems.error(
          "unknown-service",
          container.placeOf("exit_with"),
          container.path().key("exit_with"),
          "no service is named '%s'".formatted(exit),
          NearestWord.of(exit, names.all()).map("did you mean '%s'?"::formatted).orElse(""));
    }
    Set<String> sinks = new TreeSet<>();
    doors.sinks().forEach(sink -> sinks.add(sink.name()));
    drafts.forEach(draft -> check(draft, sinks));
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
