package dev.coffey.config;

import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/// One service as written, before it is checked.
///
/// @param place where its name stands
/// @param last the file that had the last word
/// @param fromDropIn whether any part of it comes from `services.d`
/// @param problems what is wrong with this service alone
record Definition(
    String name,
    Place place,
    Tree.Mapping body,
    Document last,
    boolean fromDropIn,
    Problems problems) {
  KeyPath path() {
    return KeyPath.TOP.key("services").key(name);
  }

  Definition with(Tree.Mapping changed) {
    return new Definition(name, place, changed, last, fromDropIn, problems);
  }

  /// The texts of a key that holds a list, as far as they are texts.
  List<String> texts(String key) {
    Tree value = body.value(key);
    if (value instanceof Tree.Scalar single) {
      return List.of(single.text());
    }
    return value instanceof Tree.Sequence list ? list.texts() : List.of();
  }

  /// The names that this service cannot do without.
  List<String> required() {
    List<String> names = new ArrayList<>(texts("binds_to"));
    Tree written = body.value("depends_on");
    if (written instanceof Tree.Mapping mapping) {
      mapping.fields().forEach((name, field) -> addUnlessOptional(names, name, field.value()));
    } else if (written instanceof Tree.Sequence list) {
      for (Tree item : list.items()) {
        if (item instanceof Tree.Scalar name) {
          names.add(name.text());
        } else if (item instanceof Tree.Mapping edge
            && edge.value("name") instanceof Tree.Scalar name) {
          addUnlessOptional(names, name.text(), edge);
        }
      }
    }
    return names;
  }

  private static void addUnlessOptional(List<String> names, String name, Tree edge) {
    boolean optional =
        edge instanceof Tree.Mapping mapping
            && mapping.value("optional") instanceof Tree.Scalar flag
            && flag.text().equalsIgnoreCase("true");
    if (!optional) {
      names.add(name);
    }
  }
}
