package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Finding;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.Relations;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One service on its way into the plan.
///
/// @param read its spec without edges; nothing when it cannot be read
/// @param relations its edges so far
record Draft(
    Definition definition, Values values, Optional<ServiceSpec> read, Relations relations) {
  ServiceName name() {
    return new ServiceName(definition.name());
  }

  Problems problems() {
    return definition.problems();
  }

  boolean isBroken() {
    return problems().findings().stream().anyMatch(Finding::isError);
  }

  Draft with(Relations changed) {
    return new Draft(definition, values, read, changed);
  }

  /// The names of the services that this one cannot do without.
  List<String> required() {
    List<String> names = new ArrayList<>(values.texts("binds_to"));
    if (values.tree("depends_on") instanceof Tree.Mapping mapping) {
      mapping.fields().forEach((name, field) -> addUnlessOptional(names, name, field.value()));
      return names;
    }
    for (Tree item : values.items("depends_on")) {
      if (item instanceof Tree.Scalar name) {
        names.add(name.text());
      } else if (item instanceof Tree.Mapping body
          && body.value("name") instanceof Tree.Scalar name) {
        addUnlessOptional(names, name.text(), body);
      }
    }
    return names;
  }

  private static void addUnlessOptional(List<String> names, String name, Tree body) {
    boolean optional =
        body instanceof Tree.Mapping mapping
            && mapping.value("optional") instanceof Tree.Scalar flag
            && flag.text().equals("true");
    if (!optional) {
      names.add(name);
    }
  }
}
