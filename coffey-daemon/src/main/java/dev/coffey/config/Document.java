package dev.coffey.config;

import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;

/// One parsed file.
///
/// @param name the file as people see it
/// @param stem the file's name without its ending
/// @param top what stands in it; empty for an empty file
/// @param dropIn whether it comes from `services.d`
/// @param problems what is wrong with the file as such
record Document(String name, String stem, Tree.Mapping top, boolean dropIn, Problems problems) {
  /// What stands in it, without the keys that are only there for anchors.
  Tree.Mapping body() {
    return top.without(
        top.fields().keySet().stream().filter(k -> k.startsWith("x-")).toArray(String[]::new));
  }

  /// Whether a drop-in holds one service rather than a list of them.
  boolean isOneService() {
    return dropIn && top.value("services") == null;
  }
}
