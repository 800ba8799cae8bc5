package dev.coffey.config.keys;

import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A checked map, read by key: what is written, or else the table's default.
public final class Values {
  private final KeyTable table;
  private final Tree.Mapping tree;
  private final KeyPath path;

  public Values(KeyTable table, Tree.Mapping tree, KeyPath path) {
    this.table = table;
    this.tree = tree;
    this.path = path;
  }

  public KeyTable table() {
    return table;
  }

  /// The map as checked.
  public Tree.Mapping written() {
    return tree;
  }

  public KeyPath path() {
    return path;
  }

  public Place place() {
    return tree.place();
  }

  /// Where a key is written; the map's own place when it is not.
  public Place placeOf(String key) {
    return tree.placeOf(key);
  }

  /// Whether a key is written and its value is sound.
  public boolean has(String key) {
    Tree value = tree.value(key);
    if (value == null) {
      KeyTable.Row _ = row(key);
      return false;
    }
    return !(value instanceof Tree.Empty);
  }

  /// Whether a key goes with what the others say, such as an http check's `url`.
  public boolean belongs(String key) {
    KeyTable.Variants variants = table.variants();
    if (variants == null || !variants.has(key)) {
      return true;
    }
    KeyTable.Own own = variants.own().get(text(variants.key()));
    return own != null && own.has(key);
  }

  /// Whether none of these keys has a value that was refused.
  public boolean sound(String... keys) {
    for (String key : keys) {
      KeyTable.Row _ = row(key);
      if (tree.value(key) instanceof Tree.Empty) {
        return false;
      }
    }
    return true;
  }

  /// The value as written or by default.
  public @Nullable Tree tree(String key) {
    Tree value = tree.value(key);
    if (value != null && !(value instanceof Tree.Empty)) {
      return value;
    }
    return row(key).fallback();
  }

  /// The text, or an empty one where there is none.
  public String text(String key) {
    return tree(key) instanceof Tree.Scalar scalar ? scalar.text() : "";
  }

  public boolean flag(String key) {
    return text(key).equals("true");
  }

  public int count(String key) {
    return (int) whole(key);
  }

  public long whole(String key) {
    return Long.parseLong(text(key));
  }

  public double real(String key) {
    return Double.parseDouble(text(key));
  }

  /// The duration; nothing for `none` and where there is no default.
  public Optional<Duration> duration(String key) {
    return Units.duration(text(key));
  }

  /// The duration of a key that has a default.
  public Duration span(String key) {
    return duration(key).orElseThrow(() -> new AssertionError("no default: " + key));
  }

  public long size(String key) {
    return Units.size(text(key)).orElseThrow(() -> new AssertionError("no default: " + key));
  }

  /// The items of a list; a single value counts as a list of one.
  public List<Tree> items(String key) {
    return switch (tree(key)) {
      case Tree.Sequence sequence -> sequence.items();
      case Tree.Scalar scalar -> List.of(scalar);
      case Tree.Mapping mapping -> List.of(mapping);
      case Tree.Empty _ -> List.of();
      case null -> List.of();
    };
  }

  /// The texts of a list.
  public List<String> texts(String key) {
    List<Tree> items = items(key);
    if (items.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(items.size());
    for (Tree item : items) {
      if (item instanceof Tree.Scalar scalar) {
        texts.add(scalar.text());
      }
    }
    return texts;
  }

  /// The map under a key, empty when it is not written.
  public Tree.Mapping mapping(String key) {
    return tree(key) instanceof Tree.Mapping mapping ? mapping : Tree.Mapping.empty(placeOf(key));
  }

  /// The known keys under a key.
  public Values fields(String key) {
    return new Values(tableOf(key), mapping(key), path.key(key));
  }

  /// Whether a key holds a map.
  public boolean hasFields(String key) {
    return has(key) && tree.value(key) instanceof Tree.Mapping;
  }

  private KeyTable tableOf(String key) {
    KeyTable.Row row = table.find(key);
    if (row == null || row.inner() == null) {
      throw new AssertionError("'%s' holds no known keys".formatted(key));
    }
    return row.inner();
  }

  /// The table of the maps that a key holds.
  public static Optional<KeyTable> tableOf(Key key) {
    return fieldsOf(key.shape());
  }

  /// Whether a key holds a map by names that the operator chooses.
  public static boolean hasFreeKeys(Key key) {
    return !(key.shape() instanceof Shape.Fields
        || key.shape() instanceof Shape.OrNone(Shape.Fields _));
  }

  /// Whether a key holds a single word.
  public static boolean isWord(Key key) {
    return switch (key.shape()) {
      case Shape.Items _, Shape.Entries _, Shape.Fields _, Shape.ByKind _ -> false;
      default -> true;
    };
  }

  /// Whether a key holds a path.
  public static boolean isPath(Key key) {
    return key.shape() instanceof Shape.Text(Grammar grammar) && grammar == Grammar.PATH;
  }

  /// The table of the maps that a shape allows.
  static Optional<KeyTable> fieldsOf(Shape shape) {
    return switch (shape) {
      case Shape.Fields(KeyTable inner) -> Optional.of(inner);
      case Shape.OrNone(Shape inner) -> fieldsOf(inner);
      case Shape.Items(Shape item) -> fieldsOf(item);
      case Shape.Entries(_, Shape value) -> fieldsOf(value);
      case Shape.ByKind(List<Shape> shapes) ->
          shapes.stream().flatMap(each -> fieldsOf(each).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  /// The known keys of a map found in a list under a key.
  public Values itemFields(String key, int index, Tree.Mapping item) {
    return new Values(tableOf(key), item, path.key(key).item(index));
  }

  /// Who asks for a key that is not in the table would get nothing for ever.
  private KeyTable.Row row(String key) {
    KeyTable.Row row = table.find(key);
    if (row == null) {
      throw new AssertionError("key '%s' is not in table '%s'".formatted(key, table.id()));
    }
    return row;
  }
}
