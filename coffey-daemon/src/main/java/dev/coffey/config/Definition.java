package dev.coffey.config;

import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;

/// One service as written, before it is checked.
///
/// @param place where its name stands
/// @param fromDropIn whether any part of it comes from `services.d`
/// @param problems what is wrong with this service alone
record Definition(
    String name, Place place, Tree.Mapping body, boolean fromDropIn, Problems problems) {
  KeyPath path() {
    return KeyPath.TOP.key("services").key(name);
  }
}
