package dev.coffey.config;

import dev.coffey.config.keys.OlderNames;
import dev.coffey.config.keys.ServiceKeys;
import dev.coffey.config.tree.Invisible;
import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Merge;
import dev.coffey.config.tree.NearestWord;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.ServiceName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Gathers the services of all files under their names.
final class Definitions {
  private static final KeyPath SERVICES = KeyPath.TOP.key("services");
  private static final String ITEM = "write '- name: NAME', and below it its other keys";

  private final SequencedMap<String, Definition> services = new LinkedHashMap<>();
  private final Map<String, String> masked = new TreeMap<>();

  /// Services that an empty drop-in took away, and which.
  Map<String, String> masked() {
    return masked;
  }

  SequencedMap<String, Definition> services() {
    return services;
  }

  /// Adds what a file says of services.
  void add(Document document) {
    if (document.isOneService()) {
      addDropIn(document);
      return;
    }
    Tree written = document.top().value("services");
    switch (written) {
      case Tree.Sequence list -> addList(document, list);
      case Tree.Mapping map -> addMap(document, map);
      case Tree.Scalar scalar -> wrongKind(document, scalar);
      case Tree.Empty _ -> {}
      case null -> {}
    }
  }

  private static void wrongKind(Document document, Tree written) {
    String message = "must be a list or a map of services, not " + written.kind();
    document.problems().error("wrong-type", written.place(), SERVICES, message, "");
  }

  private void addDropIn(Document document) {
    Tree.Mapping top = document.top();
    if (top.fields().isEmpty()) {
      services.remove(document.stem());
      masked.put(document.stem(), document.name());
      return;
    }
    if (document.dropIn() && top.value("coffey") != null) {
      document
          .problems()
          .error(
              "main-file-only",
              top.placeOf("coffey"),
              "coffey",
              "'coffey' belongs into the main file",
              "");
      return;
    }
    addNamed(document, document.stem(), document.body(), top.place());
  }

  private void addList(Document document, Tree.Sequence list) {
    int index = 0;
    for (Tree item : list.items()) {
      KeyPath path = SERVICES.item(index++);
      if (!(item instanceof Tree.Mapping body)) {
        String message = "must be a map, not " + item.kind();
        document.problems().error("wrong-type", item.place(), path, message, ITEM);
      } else if (body.value("name") instanceof Tree.Scalar name) {
        add(document, name.text(), body, name.place());
      } else {
        document.problems().error("missing-key", body.place(), path, "'name' is missing", ITEM);
      }
    }
  }

  private void addMap(Document document, Tree.Mapping map) {
    map.fields()
        .forEach((name, field) -> {
          switch (field.value()) {
            case Tree.Mapping body -> addNamed(document, name, body, field.place());
            case Tree.Empty _ ->
                add(document, name, Tree.Mapping.empty(field.place()), field.place());
            case Tree.Scalar _, Tree.Sequence _ -> {
              String message = "must be a map, not " + field.value().kind();
              String help =
                  field.value() instanceof Tree.Sequence
                      ? "leave out the '-' before its keys"
                      : "'%s' is read as a service: indent the keys of one".formatted(name);
              document
                  .problems()
                  .error("wrong-type", field.value().place(), SERVICES.key(name), message, help);
            }
          }
        });
  }

  private void addNamed(Document document, String name, Tree.Mapping body, Place place) {
    if (body.value("name") instanceof Tree.Scalar said && !said.text().equals(name)) {
      String from = document.isOneService() ? "the file" : "the key";
      document
          .problems()
          .error(
              "name-mismatch",
              said.place(),
              SERVICES.key(name).key("name"),
              "name '%s' differs from %s '%s'".formatted(said.text(), from, name),
              "leave 'name' out");
      return;
    }
    add(document, name, body, place);
  }

  private void add(Document document, String name, Tree.Mapping written, Place place) {
    if (!ServiceName.valid(name)) {
      String message = "service name '%s' must be %s".formatted(name, ServiceName.GRAMMAR);
      document.problems().error("bad-name", place, SERVICES, message, Invisible.help(name));
      return;
    }
    Definition before = services.get(name);
    Problems problems = before == null ? new Problems() : before.problems();
    Tree.Mapping body =
        OlderNames.renamed(written, ServiceKeys.SERVICE, SERVICES.key(name), problems);
    if (before == null) {
      boolean dropIn = document.dropIn();
      if (body.value("override") != null) {
        problems.warning(
            "nothing-to-override",
            body.placeOf("override"),
            SERVICES.key(name).key("override"),
            "no earlier file defines service '%s'".formatted(name),
            NearestWord.of(name, services.keySet())
                .map("did you mean '%s'?"::formatted)
                .orElse("remove 'override'"));
      }
      services.put(name, new Definition(name, place, body, document, dropIn, problems));
      return;
    }
    boolean dropIn = before.fromDropIn() || document.dropIn();
    Optional<Tree.Mapping> combined = combined(before, document, body, place);
    services.put(
        name,
        new Definition(
            name, before.place(), combined.orElse(before.body()), document, dropIn, problems));
  }

  private static Optional<Tree.Mapping> combined(
      Definition before, Document document, Tree.Mapping body, Place place) {
    String override = body.value("override") instanceof Tree.Scalar word ? word.text() : "";
    boolean laterMain = !document.dropIn() && !document.name().equals(before.last().name());
    if (override.equals("replace")) {
      return Optional.of(body);
    }
    if (override.equals("merge") || (laterMain && override.isEmpty())) {
      return Optional.of(Merge.onto(EnvWithout.setAgain(before.body(), body), body));
    }
    before
        .problems()
        .error(
            "duplicate-service",
            place,
            SERVICES.key(before.name()),
            "service '%s' is defined twice".formatted(before.name()),
            "first in %s; to change that one, say 'override: merge' or 'override: replace'"
                .formatted(before.place().origin()));
    return Optional.empty();
  }
}
