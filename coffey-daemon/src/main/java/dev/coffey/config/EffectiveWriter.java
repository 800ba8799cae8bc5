package dev.coffey.config;

import dev.coffey.config.keys.Key;
import dev.coffey.config.keys.KeyTable;
import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes checked values as YAML: what is written and what is the default, key by key.
final class EffectiveWriter {
  private static final int LINE_CHARS_MAX = 90;
  private static final int ORIGIN_COLUMN = 50;

  /// Maps whose defaults count although nothing of them is written.
  private static final Set<String> WHOLE =
      Set.of("backoff", "stop", "logs", "log", "restart_budget", "history");

  /// Keys that have done their work when a configuration is effective.
  private static final Set<String> SPENT =
      Set.of("name", "override", "interpolate", "profiles", "instances", "set");

  private final boolean origins;
  private final Set<String> later;
  private final StringBuilder out = new StringBuilder();
  private final List<String> steps = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /// One value, the way to it, and where it comes from.
  record Row(String path, String value, String origin) {}

  /// @param origins whether each value is followed by where it comes from
  /// @param later keys that are not supported yet
  EffectiveWriter(boolean origins, Set<String> later) {
    this.origins = origins;
    this.later = later;
  }

  String text() {
    return out.toString();
  }

  /// All values, one by one.
  List<Row> rows() {
    return rows;
  }

  /// A key below which more follows.
  void open(int indent, String name) {
    out.append("  ".repeat(indent)).append(YamlText.key(name)).append(":\n");
    while (steps.size() > indent) {
      steps.removeLast();
    }
    steps.add(name);
  }

  /// The keys of a table.
  ///
  /// @param computed values of defaults that depend on something
  void fields(int indent, Values values, Map<String, String> computed) {
    KeyTable table = values.table();
    for (Key key : table.keys().values()) {
      String name = key.name();
      boolean comes = later.contains(table.id() + "." + name) && !values.has(name);
      boolean gone = SPENT.contains(name) || comes;
      if (gone || !values.belongs(name)) {
        continue;
      }
      Tree written = values.tree(name);
      if (Values.tableOf(key).isPresent() && (written == null || written instanceof Tree.Mapping)) {
        nested(indent, key, values, computed);
      } else if (written != null && (values.has(name) || !isEmpty(written))) {
        value(indent, name, written);
      } else if (computed.containsKey(name)) {
        leaf(indent, name, YamlText.word(computed.getOrDefault(name, "")), "default");
      }
    }
  }

  private void nested(int indent, Key key, Values values, Map<String, String> computed) {
    String name = key.name();
    if (!values.has(name) && !WHOLE.contains(name)) {
      return;
    }
    if (Values.hasFreeKeys(key)) {
      value(indent, name, values.mapping(name));
      return;
    }
    int before = out.length();
    open(indent, name);
    int empty = out.length();
    fields(indent + 1, values.fields(name), below(name, computed));
    if (out.length() == empty) {
      out.setLength(before);
    }
  }

  private static Map<String, String> below(String name, Map<String, String> computed) {
    String prefix = name + ".";
    Map<String, String> below = new HashMap<>();
    computed.forEach((path, value) -> {
      if (path.startsWith(prefix)) {
        below.put(path.substring(prefix.length()), value);
      }
    });
    return below;
  }

  /// A key and its value, on one line where that is short and all of it has one origin.
  void value(int indent, String name, Tree value) {
    String key = YamlText.key(name);
    String flow = YamlText.flow(value);
    boolean simple = value instanceof Tree.Scalar || value instanceof Tree.Empty || isEmpty(value);
    boolean one = !origins || sameOrigin(value, value.place().origin());
    if (simple || (one && flow.length() + indent * 2 + key.length() < LINE_CHARS_MAX)) {
      leaf(indent, name, flow, origin(value));
      return;
    }
    open(indent, name);
    switch (value) {
      case Tree.Mapping mapping ->
          mapping.fields().forEach((inner, field) -> value(indent + 1, inner, field.value()));
      case Tree.Sequence list -> {
        int index = 0;
        for (Tree item : list.items()) {
          item(indent + 1, index++, item);
        }
      }
      case Tree.Scalar _, Tree.Empty _ -> {}
    }
  }

  private static boolean isEmpty(Tree value) {
    return switch (value) {
      case Tree.Mapping mapping -> mapping.fields().isEmpty();
      case Tree.Sequence list -> list.items().isEmpty();
      case Tree.Scalar scalar -> scalar.text().isEmpty();
      case Tree.Empty _ -> false;
    };
  }

  private static String origin(Tree value) {
    return switch (value) {
      case Tree.Mapping mapping when !mapping.fields().isEmpty() ->
          origin(mapping.fields().firstEntry().getValue().value());
      case Tree.Sequence list when !list.items().isEmpty() -> origin(list.items().getFirst());
      default -> value.place().origin();
    };
  }

  private static boolean sameOrigin(Tree value, String origin) {
    return switch (value) {
      case Tree.Mapping mapping ->
          mapping.fields().values().stream().allMatch(f -> sameOrigin(f.value(), origin));
      case Tree.Sequence list -> list.items().stream().allMatch(i -> sameOrigin(i, origin));
      case Tree.Scalar _, Tree.Empty _ -> value.place().origin().equals(origin);
    };
  }

  private void leaf(int indent, String name, String value, String origin) {
    line(indent, YamlText.key(name) + ": " + value, origin);
    rows.add(new Row(at(indent, name), value, origin));
  }

  private void item(int indent, int index, Tree item) {
    String value = YamlText.flow(item);
    line(indent, "- " + value, origin(item));
    rows.add(new Row(at(indent, "[" + index + "]"), value, origin(item)));
  }

  private void line(int indent, String text, String origin) {
    String full = "  ".repeat(indent) + text;
    out.append(full);
    if (origins) {
      out.append(" ".repeat(Math.max(1, ORIGIN_COLUMN - full.length())))
          .append("# ")
          .append(origin);
    }
    out.append('\n');
  }

  private String at(int indent, String step) {
    KeyPath path = KeyPath.TOP;
    for (String above : steps.subList(0, indent)) {
      path = path.key(above);
    }
    return path.key(step).toString();
  }
}
