package dev.coffey.config.keys;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The table of keys as a page of the documentation, in Markdown.
public final class ReferencePage {
  private static final String HEAD =
      """
      # Configuration reference

      This page is generated from the table of keys that the reader itself uses: `coffeyd schema`
      prints the same as a JSON Schema. *Reload* says what it takes for a changed value to be in
      effect: **live** nothing more, **restart** this service, **daemon** the daemon's next start.
      """;

  private final Set<String> later;
  private final Set<String> done = new HashSet<>();
  private final Deque<Map.Entry<String, KeyTable>> open = new ArrayDeque<>();
  private final StringBuilder out = new StringBuilder(HEAD);

  private ReferencePage(Set<String> later) {
    this.later = later;
  }

  /// The page.
  public static String markdown(Set<String> later) {
    ReferencePage page = new ReferencePage(later);
    page.open.add(Map.entry("A file", ServiceKeys.FILE));
    while (!page.open.isEmpty()) {
      Map.Entry<String, KeyTable> next = page.open.remove();
      if (page.done.add(next.getKey())) {
        page.table(next.getKey(), next.getValue());
      }
    }
    return page.out.toString();
  }

  private void table(String title, KeyTable table) {
    out.append("\n## ").append(title).append("\n\n");
    out.append("| key | value | default | reload | meaning |\n|---|---|---|---|---|\n");
    Map<String, KeyTable> below = new LinkedHashMap<>();
    for (Key key : table.keys().values()) {
      boolean missing = later.contains(table.id() + "." + key.name());
      String name = table.required().contains(key.name()) ? " (required)" : "";
      String effect = missing ? "" : key.effect().name().toLowerCase(Locale.ROOT);
      out.append("| `").append(key.name()).append('`').append(name);
      out.append(" | ").append(cell(what(key.shape(), table.id() + "." + key.name())));
      out.append(" | ").append(cell(fallback(key))).append(" | ").append(effect);
      out.append(" | ").append(cell(key.meaning()));
      out.append(missing ? missing(key) : "").append(" |\n");
      if (!key.name().equals("defaults")) {
        Values.tableOf(key).ifPresent(inner -> below.put(path(title, key.name()), inner));
      }
    }
    below.forEach((path, inner) -> open.add(Map.entry(path, inner)));
  }

  private static String missing(Key key) {
    String usual = key.usualWord();
    String but = usual.isEmpty() ? "" : " but for `%s`".formatted(usual);
    return "; **not supported in this version**" + but;
  }

  private static String path(String above, String key) {
    return switch (above + "." + key) {
      case "A file.coffey" -> "`coffey`: the daemon";
      case "A file.services" -> "A service";
      default ->
          above.startsWith("`")
              ? "`" + above.substring(1, above.indexOf('`', 1)) + "." + key + "`"
              : "`" + key + "`";
    };
  }

  private static String fallback(Key key) {
    boolean below = Values.tableOf(key).isPresent() && key.note().equals("none");
    return !key.fallback().isEmpty() ? "`" + key.fallback() + "`" : below ? "" : key.note();
  }

  private String what(Shape shape, String id) {
    return switch (shape) {
      case Shape.Items(Shape item) -> "list of " + what(item, id);
      case Shape.Entries(_, Shape value) -> "map to " + what(value, id);
      case Shape.Fields _ -> "map, see below";
      case Shape.OrNone(Shape inner) -> what(inner, id) + ", or `none`";
      case Shape.ByKind(var shapes) ->
          String.join(", or ", shapes.stream().map(each -> what(each, id)).toList());
      case Shape.Choice choice when choice.words().size() <= 12 ->
          String.join(
              ", ",
              choice.words().stream()
                  .filter(word -> !later.contains(id + "=" + word))
                  .map("`%s`"::formatted)
                  .toList());
      case Shape.Choice choice -> choice.prefix().isEmpty() ? "a name" : choice.prefix() + "… name";
      default -> Words.what(shape);
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
