package dev.coffey.config.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Lays one tree over another: maps merge deeply, lists append, nothing deletes, and for all else
/// the later one wins; `!replace` on a list or a map replaces it.
public final class Merge {
  private Merge() {}

  /// The later map laid over the earlier one.
  public static Tree.Mapping onto(Tree.Mapping earlier, Tree.Mapping later) {
    if (later.replaces() || earlier.fields().isEmpty()) {
      return later;
    }
    LinkedHashMap<String, Tree.Field> fields = new LinkedHashMap<>(earlier.fields());
    later
        .fields()
        .forEach((key, field) -> {
          Tree.Field before = fields.get(key);
          if (before == null) {
            fields.put(key, field);
          } else if (field.value() instanceof Tree.Empty) {
            fields.remove(key);
          } else {
            Tree merged = values(before.value(), field.value());
            fields.put(key, new Tree.Field(field.place(), merged));
          }
        });
    return new Tree.Mapping(fields, earlier.replaces(), later.place());
  }

  private static Tree values(Tree earlier, Tree later) {
    if (earlier instanceof Tree.Mapping map && later instanceof Tree.Mapping over) {
      return onto(map, over);
    }
    if (earlier instanceof Tree.Sequence list && later instanceof Tree.Sequence more) {
      if (more.replaces()) {
        return more;
      }
      List<Tree> items = new ArrayList<>(list.items());
      items.addAll(more.items());
      return new Tree.Sequence(items, list.replaces(), more.place());
    }
    return later;
  }
}
