package dev.coffey.config;

import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Source;
import dev.coffey.config.tree.Tree;
import dev.coffey.config.tree.YamlParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts a value into a tree at `a.b.c`, making the maps on the way; a key that holds dots is found
/// before its first part is.
final class SettingPath {
  /// Maps whose values are plain text, whatever they look like.
  private static final Set<String> TEXT_MAPS = Set.of("env", "labels", "headers");

  private SettingPath() {}

  /// The map with the value set; `null` deletes. Empty when a list stands in the way.
  static Optional<Tree.Mapping> set(Tree.Mapping tree, String path, Settings.Setting setting) {
    String key = firstKey(tree, path);
    String rest = path.length() > key.length() ? path.substring(key.length() + 1) : "";
    Place place = setting.origin();
    if (rest.isEmpty()) {
      Tree value = value(setting);
      return Optional.of(
          value instanceof Tree.Empty
              ? tree.without(key)
              : tree.with(key, new Tree.Field(place, value)));
    }
    Tree below = tree.value(key);
    Optional<? extends Tree> changed =
        switch (below) {
          case Tree.Mapping mapping when TEXT_MAPS.contains(key) ->
              Optional.of(mapping.with(rest, new Tree.Field(place, literal(setting))));
          case Tree.Mapping mapping -> set(mapping, rest, setting);
          case Tree.Sequence list when key.equals("env") ->
              Optional.of(assign(list, rest, setting));
          case Tree.Sequence list -> item(list, rest, setting);
          case null, default -> set(Tree.Mapping.empty(place), rest, setting);
        };
    return changed.map(value -> tree.with(key, new Tree.Field(place, value)));
  }

  /// The longest key of the map that the path begins with, or else the path's first part.
  static String firstKey(Tree.Mapping tree, String path) {
    int dot = path.indexOf('.');
    return tree.fields().keySet().stream()
        .filter(key -> path.equals(key) || path.startsWith(key + "."))
        .max(Comparator.comparingInt(String::length))
        .orElse(dot < 0 ? path : path.substring(0, dot));
  }

  private static Tree literal(Settings.Setting setting) {
    return new Tree.Scalar(setting.value(), false, setting.origin());
  }

  private static Tree value(Settings.Setting setting) {
    String text = setting.value();
    if (text.isEmpty()) {
      return literal(setting);
    }
    Problems ignored = new Problems();
    Source source = setting.origin().source();
    Optional<Tree> parsed = YamlParser.parse(source, text, ignored);
    if (ignored.hasErrors()) {
      return literal(setting);
    }
    return parsed
        .map(tree -> at(tree, setting.origin()))
        .orElseGet(() -> new Tree.Empty(setting.origin()));
  }

  private static Tree at(Tree tree, Place place) {
    return switch (tree) {
      case Tree.Scalar(String text, boolean quoted, _) -> new Tree.Scalar(text, quoted, place);
      case Tree.Sequence(List<Tree> items, boolean replaces, _) ->
          new Tree.Sequence(items.stream().map(item -> at(item, place)).toList(), replaces, place);
      case Tree.Mapping mapping -> {
        Tree.Mapping moved = Tree.Mapping.empty(place);
        for (var entry : mapping.fields().entrySet()) {
          Tree value = at(entry.getValue().value(), place);
          moved = moved.with(entry.getKey(), new Tree.Field(place, value));
        }
        yield moved;
      }
      case Tree.Empty _ -> new Tree.Empty(place);
    };
  }

  private static Tree assign(Tree.Sequence list, String name, Settings.Setting setting) {
    List<Tree> items = new ArrayList<>(list.items());
    items.removeIf(item -> item instanceof Tree.Scalar text && text.text().startsWith(name + "="));
    items.add(new Tree.Scalar(name + "=" + setting.value(), true, setting.origin()));
    return new Tree.Sequence(items, list.replaces(), list.place());
  }

  private static Optional<Tree> item(Tree.Sequence list, String rest, Settings.Setting setting) {
    int dot = rest.indexOf('.');
    String index = dot < 0 ? rest : rest.substring(0, dot);
    if (!index.matches("[0-9]{1,6}") || Integer.parseInt(index) >= list.items().size()) {
      return Optional.empty();
    }
    List<Tree> items = new ArrayList<>(list.items());
    int number = Integer.parseInt(index);
    if (dot < 0) {
      items.set(number, value(setting));
      return Optional.of(new Tree.Sequence(items, list.replaces(), list.place()));
    }
    if (!(items.get(number) instanceof Tree.Mapping mapping)) {
      return Optional.empty();
    }
    return set(mapping, rest.substring(dot + 1), setting)
        .map(changed -> {
          items.set(number, changed);
          return new Tree.Sequence(items, list.replaces(), list.place());
        });
  }
}
