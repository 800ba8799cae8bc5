package dev.coffey.config.keys;

import dev.coffey.config.tree.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What fits of a map: the map itself for as long as all of it does, since nearly always it does.
final class Fitting {
  private final Tree.Mapping written;
  private int same;
  private @Nullable SequencedMap<String, Tree.Field> own;

  Fitting(Tree.Mapping written) {
    this.written = written;
  }

  /// Leaves the next field out.
  void leave() {
    SequencedMap<String, Tree.Field> _ = own();
  }

  /// Keeps the next field.
  ///
  /// @param writtenAs the name it is written under
  @SuppressWarnings("ReferenceEquality") // sameness is only a short cut here
  void put(String name, String writtenAs, Tree.Field before, Tree.Field kept) {
    if (own == null && kept == before && name.equals(writtenAs)) {
      same++;
    } else {
      own().put(name, kept);
    }
  }

  /// Whether a name has been kept; one that is written as it is cannot be there twice by itself.
  boolean has(String name, String writtenAs) {
    return (own != null || !name.equals(writtenAs)) && own().containsKey(name);
  }

  /// All that was kept.
  Tree.Mapping mapping() {
    return own == null ? written : new Tree.Mapping(own, written.replaces(), written.place());
  }

  private SequencedMap<String, Tree.Field> own() {
    SequencedMap<String, Tree.Field> kept = own;
    if (kept == null) {
      kept = new LinkedHashMap<>();
      for (Map.Entry<String, Tree.Field> field : written.fields().entrySet()) {
        if (kept.size() == same) {
          break;
        }
        kept.put(field.getKey(), field.getValue());
      }
      own = kept;
    }
    return kept;
  }
}
