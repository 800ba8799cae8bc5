package dev.coffey.v1;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// The promise of the wire as sorted lines, and what breaks it.
///
/// A line is `KIND NAME SHAPE`. A new line is an addition, which anybody may make. A line that has
/// changed or gone is a break: an old client or an old daemon would misread the other side.
final class Baseline {
  private Baseline() {}

  static List<String> lines(Collection<Wire.Element> elements) {
    return elements.stream()
        .map(e -> "%s %s %s".formatted(word(e.kind()), e.name(), e.shape()).strip())
        .sorted()
        .toList();
  }

  /// One sentence for each line of `promised` that `current` does not keep; empty when all are
  /// kept.
  static List<String> broken(Collection<String> promised, Collection<String> current) {
    SortedMap<String, String> now = byName(current);
    List<String> broken = new ArrayList<>();
    byName(promised)
        .forEach((name, shape) -> {
          String is = now.get(name);
          if (is == null && !isRetired(name, shape, now)) {
            broken.add(gone(name, shape));
          } else if (is != null && !keeps(name, shape, is)) {
            broken.add("%s was '%s' and is now '%s'".formatted(name, shape, is));
          }
        });
    return broken;
  }

  /// The shape of a message or an enum is what it reserves, which may only grow.
  private static boolean keeps(String name, String shape, String is) {
    return name.startsWith("message ") || name.startsWith("enum ")
        ? words(is).containsAll(words(shape))
        : is.equals(shape);
  }

  /// A field or a value may go when its owner reserves both its number and its name.
  private static boolean isRetired(String name, String shape, SortedMap<String, String> now) {
    String[] kindAndName = name.split(" ");
    int dot = name.lastIndexOf('.') - kindAndName[0].length() - 1;
    String owner = kindAndName[1].substring(0, Math.max(dot, 0));
    String member = kindAndName[1].substring(dot + 1);
    return switch (kindAndName[0]) {
      case "field" -> reserves(now.get("message " + owner), member, shape);
      case "value" -> reserves(now.get("enum " + owner), member, shape);
      default -> false;
    };
  }

  private static boolean reserves(String reserved, String member, String shape) {
    String number = shape.split(" ")[1];
    return reserved != null && words(reserved).containsAll(List.of(number + "-" + number, member));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static String gone(String name, String shape) {
    return "%s '%s' is gone: renamed or removed; a field or value that has to go is reserved instead"
        .formatted(name, shape);
  }

  private static SortedMap<String, String> byName(Collection<String> lines) {
    SortedMap<String, String> shapes = new TreeMap<>();
    for (String line : lines) {
      String[] parts = line.split(" ", 3);
      shapes.put(parts[0] + " " + parts[1], parts.length > 2 ? parts[2] : "");
    }
    return shapes;
  }

  private static String word(Wire.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
