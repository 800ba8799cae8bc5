package dev.coffey.config.keys;

import dev.coffey.config.tree.Tree;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The table of keys as a JSON Schema (2020-12), for editors and other tools; as maps and lists.
public final class JsonSchema {
  private static final Map<String, Object> REFERENCE =
      ordered("type", "string", "pattern", "\\$\\{");

  private final Set<String> later;
  private final IdentityHashMap<KeyTable, String> names = new IdentityHashMap<>();
  private final Map<String, Object> definitions = new TreeMap<>();

  private JsonSchema(Set<String> later) {
    this.later = later;
  }

  /// The schema of a whole file.
  ///
  /// @param later keys that are left out, see [Later]
  public static Map<String, Object> ofFile(Set<String> later) {
    return new JsonSchema(later).document(ServiceKeys.FILE, "Coffey");
  }

  /// The schema of a drop-in that holds one service.
  public static Map<String, Object> ofDropIn(Set<String> later) {
    return new JsonSchema(later).document(ServiceKeys.SERVICE, "A service of Coffey");
  }

  private Map<String, Object> document(KeyTable table, String title) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.putAll(object(table));
    schema.put("patternProperties", Map.of("^x-", Map.of()));
    schema.put("$defs", definitions);
    return schema;
  }

  private Map<String, Object> object(KeyTable table) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Key key : table.keys().values()) {
      if (later.contains(table.id() + "." + key.name())) {
        if (!key.usualWord().isEmpty()) {
          List<String> usual = List.of(key.usualWord());
          properties.put(key.name(), ordered("description", key.meaning(), "enum", usual));
        }
        continue;
      }
      properties.put(key.name(), property(table, key));
      for (String alias : key.aliases()) {
        properties.put(
            alias,
            ordered("deprecated", true, "description", "older name of '%s'".formatted(key.name())));
      }
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("additionalProperties", false);
    object.put("properties", properties);
    if (!table.required().isEmpty()) {
      object.put("required", table.required());
    }
    if (table.variants() != null) {
      object.put("allOf", variants(table, table.variants()));
    }
    return object;
  }

  private Map<String, Object> property(KeyTable table, Key key) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("description", key.meaning());
    Tree fallback = table.fallback(key.name());
    if (fallback instanceof Tree.Scalar scalar) {
      property.put("default", constant(scalar.text(), key.shape()));
    } else if (key.fallback().isEmpty()) {
      property.put("description", "%s (default: %s)".formatted(key.meaning(), key.note()));
    }
    List<Object> choices = new ArrayList<>(choices(key.shape(), table.id() + "." + key.name()));
    choices.add(Map.of("type", "null"));
    property.put("anyOf", choices);
    return property;
  }

  private static Object constant(String text, Shape shape) {
    return switch (shape) {
      case Shape.Flag() -> text.equals("true");
      case Shape.Whole _ -> Long.parseLong(text);
      case Shape.Real _ -> Double.parseDouble(text);
      default -> text;
    };
  }

  private List<Map<String, Object>> choices(Shape shape, String id) {
    return switch (shape) {
      case Shape.ByKind(List<Shape> shapes) ->
          shapes.stream().flatMap(each -> choices(each, id).stream()).toList();
      case Shape.OrNone(Shape inner) -> {
        List<Map<String, Object>> both = new ArrayList<>(choices(inner, id));
        both.add(Map.of("const", "none"));
        yield both;
      }
      case Shape.Items(Shape item) -> List.of(ordered("type", "array", "items", any(item, id)));
      case Shape.Entries(Shape key, Shape value) -> List.of(entries(key, value, id));
      case Shape.Fields(KeyTable table) -> List.of(Map.of("$ref", "#/$defs/" + named(table)));
      case Shape.Text(Grammar grammar) -> List.of(text(grammar));
      case Shape.Flag() -> List.of(Map.of("type", "boolean"), REFERENCE);
      case Shape.Whole(long min, long max) -> numbers("integer", min, max);
      case Shape.Real(double min, double max) -> numbers("number", min, max);
      case Shape.Span _ -> units(Units.DURATION);
      case Shape.Size _ -> units(Units.SIZE);
      case Shape.Choice choice -> List.of(Map.of("enum", words(choice, id)), REFERENCE);
    };
  }

  private Object any(Shape shape, String id) {
    List<Map<String, Object>> choices = choices(shape, id);
    return choices.size() == 1 ? choices.getFirst() : Map.of("anyOf", choices);
  }

  private Map<String, Object> entries(Shape key, Shape value, String id) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    if (key instanceof Shape.Choice choice) {
      object.put("propertyNames", Map.of("enum", words(choice, id)));
    } else if (key instanceof Shape.Text(Grammar grammar)) {
      object.put("propertyNames", Map.of("pattern", whole(grammar.regex())));
    }
    Object each = any(value, id);
    object.put("additionalProperties", Map.of("anyOf", List.of(each, Map.of("type", "null"))));
    return object;
  }

  private static Map<String, Object> text(Grammar grammar) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", List.of("string", "number", "boolean"));
    boolean anything = grammar == Grammar.ANY || grammar == Grammar.PATTERN;
    if (!anything) {
      text.put("pattern", "(%s)|\\$\\{".formatted(whole(grammar.regex())));
    }
    return text;
  }

  private static String whole(String regex) {
    return "^(" + regex + ")$";
  }

  private static List<Map<String, Object>> numbers(String type, Number min, Number max) {
    return List.of(
        bounded(type, min, max),
        ordered("type", "string", "pattern", "^[-+]?[0-9]+(\\.[0-9]+)?$|\\$\\{"));
  }

  private static List<Map<String, Object>> units(String regex) {
    return List.of(
        ordered("type", "number", "minimum", 0),
        ordered("type", "string", "pattern", "^%s$|^[0-9]+$|\\$\\{".formatted(regex)));
  }

  private static Map<String, Object> bounded(String type, Number min, Number max) {
    Map<String, Object> bounded = ordered("type", type, "minimum", min);
    bounded.put("maximum", max);
    return bounded;
  }

  /// In this order in every run, as `Map.of` is not.
  private static Map<String, Object> ordered(
      String first, Object value, String second, Object other) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put(first, value);
    ordered.put(second, other);
    return ordered;
  }

  private List<Object> words(Shape.Choice choice, String id) {
    List<Object> words = new ArrayList<>();
    for (String word : choice.words()) {
      if (!later.contains(id + "=" + word)) {
        words.add(word);
      }
    }
    if (!choice.prefix().isEmpty()) {
      choice.words().forEach(word -> words.add(choice.prefix() + word));
      List.copyOf(words).forEach(word -> words.add(word.toString().toLowerCase(Locale.ROOT)));
    }
    choice.also().keySet().stream().sorted().forEach(words::add);
    return words;
  }

  private String named(KeyTable table) {
    String known = names.get(table);
    if (known != null) {
      return known;
    }
    String name = table.id();
    for (int n = 2; definitions.containsKey(name); n++) {
      name = table.id() + n;
    }
    names.put(table, name);
    definitions.put(name, Map.of());
    definitions.put(name, object(table));
    return name;
  }

  private static List<Object> variants(KeyTable table, KeyTable.Variants variants) {
    List<Object> rules = new ArrayList<>();
    variants
        .own()
        .forEach((word, own) -> {
          Map<String, Object> foreign = new LinkedHashMap<>();
          for (String key : table.keys().keySet()) {
            if (variants.has(key) && !own.has(key)) {
              foreign.put(key, false);
            }
          }
          Map<String, Object> then = new LinkedHashMap<>();
          then.put("properties", foreign);
          then.put("required", own.required());
          Map<String, Object> when =
              ordered(
                  "properties",
                  Map.of(variants.key(), Map.of("const", word)),
                  "required",
                  List.of(variants.key()));
          rules.add(ordered("if", when, "then", then));
        });
    return rules;
  }
}
