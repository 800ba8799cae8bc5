package dev.coffey.config.keys;

import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import java.util.LinkedHashMap;

/// Gives keys today's names before maps are combined, so that a key is one key whatever each file
/// calls it.
public final class OlderNames {
  private OlderNames() {}

  /// The map with today's names, each older one told of; where both are written, both stay, for the
  /// checker to refuse.
  public static Tree.Mapping renamed(
      Tree.Mapping map, KeyTable table, KeyPath path, Problems problems) {
    if (!hasAny(map, table)) {
      return map;
    }
    LinkedHashMap<String, Tree.Field> fields = new LinkedHashMap<>();
    map.fields()
        .forEach((name, field) -> {
          KeyTable.Row row = table.find(name);
          String today = row == null ? name : row.key().name();
          boolean older = !today.equals(name) && map.value(today) == null;
          if (older && !fields.containsKey(today)) {
            tell(problems, field.place(), path.key(name), today);
            fields.put(today, field);
          } else {
            fields.put(name, field);
          }
        });
    return new Tree.Mapping(fields, map.replaces(), map.place());
  }

  /// Every service comes by here, and few of them have any.
  private static boolean hasAny(Tree.Mapping map, KeyTable table) {
    for (String older : table.olderNames()) {
      if (map.fields().containsKey(older)) {
        return true;
      }
    }
    return false;
  }

  /// Warns of an older name.
  static void tell(Problems problems, Place place, KeyPath path, String today) {
    problems.warning(
        "old-name",
        place,
        path,
        "'%s' is an older name of '%s'".formatted(path.step(), today),
        "write '%s'".formatted(today));
  }
}
