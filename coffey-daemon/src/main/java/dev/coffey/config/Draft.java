package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.Relations;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.util.Optional;

/// One service on its way into the plan.
///
/// @param read its spec without edges; nothing when it cannot be read
/// @param relations its edges so far
record Draft(
    ServiceName name,
    Definition definition,
    Values values,
    Optional<ServiceSpec> read,
    Relations relations) {
  Problems problems() {
    return definition.problems();
  }

  boolean isBroken() {
    return problems().hasErrors();
  }

  Draft with(Relations changed) {
    return new Draft(name, definition, values, read, changed);
  }
}
