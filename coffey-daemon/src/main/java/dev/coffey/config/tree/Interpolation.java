package dev.coffey.config.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces `${NAME}`, `${NAME:-default}` and `${NAME:?message}` in values, and `$$` by a dollar;
/// every other dollar, and every percent sign, stays what it is.
public final class Interpolation {
  private static final int DEPTH_MAX = 8;
  private static final Pattern REFERENCE =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:(:-|:\\?)([\\s\\S]*))?");

  private final Map<String, String> variables;
  private final Problems problems;

  public Interpolation(Map<String, String> variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /// Whether anything of the file that a map comes from may have to be replaced; a dollar may be
  /// written by its number too, after a backslash.
  public static boolean concerns(Tree.Mapping mapping) {
    String text = mapping.place().source().text();
    return text.indexOf('$') >= 0 || text.indexOf('\\') >= 0;
  }

  /// A map with its values replaced; keys are never touched.
  public Tree.Mapping of(Tree.Mapping mapping, KeyPath path) {
    if (!mentions(mapping)) {
      return mapping;
    }
    LinkedHashMap<String, Tree.Field> fields = new LinkedHashMap<>(mapping.fields());
    fields.replaceAll(
        (key, field) -> new Tree.Field(field.place(), of(field.value(), path.key(key))));
    return new Tree.Mapping(fields, mapping.replaces(), mapping.place());
  }

  /// Loops, for every value of every file comes by here.
  private static boolean mentions(Tree tree) {
    return switch (tree) {
      case Tree.Scalar scalar -> scalar.text().indexOf('$') >= 0;
      case Tree.Mapping map -> {
        for (Tree.Field field : map.fields().values()) {
          if (mentions(field.value())) {
            yield true;
          }
        }
        yield false;
      }
      case Tree.Sequence list -> {
        for (Tree item : list.items()) {
          if (mentions(item)) {
            yield true;
          }
        }
        yield false;
      }
      case Tree.Empty _ -> false;
    };
  }

  private Tree of(Tree tree, KeyPath path) {
    return switch (tree) {
      case Tree.Mapping mapping -> of(mapping, path);
      case Tree.Sequence sequence -> {
        List<Tree> items = new ArrayList<>();
        for (Tree item : sequence.items()) {
          items.add(of(item, path.item(items.size())));
        }
        yield new Tree.Sequence(items, sequence.replaces(), sequence.place());
      }
      case Tree.Scalar scalar -> of(scalar, path);
      case Tree.Empty empty -> empty;
    };
  }

  private Tree.Scalar of(Tree.Scalar scalar, KeyPath path) {
    Text text = new Text(scalar.place(), path);
    String replaced = text.replaced(scalar.text(), 0);
    return replaced.equals(scalar.text())
        ? scalar
        : new Tree.Scalar(replaced, scalar.quoted() && !text.referred, scalar.place());
  }

  /// One text on its way.
  private final class Text {
    private final Place place;
    private final KeyPath path;
    private boolean referred;

    Text(Place place, KeyPath path) {
      this.place = place;
      this.path = path;
    }

    String replaced(String text, int depth) {
      StringBuilder out = new StringBuilder();
      int at = 0;
      while (at < text.length()) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (text.charAt(at) != '$' || (next != '$' && next != '{')) {
          out.append(text.charAt(at++));
        } else if (next == '$') {
          out.append('$');
          at += 2;
        } else {
          int end = end(text, at + 2);
          if (end < 0) {
            wrong("'${' is not closed", "close it by '}', or write '$${' for the text itself");
            return text;
          }
          out.append(value(text.substring(at + 2, end), depth));
          at = end + 1;
        }
      }
      return out.toString();
    }

    private static int end(String text, int from) {
      int open = 1;
      for (int i = from; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean opens = c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{';
        open += opens ? 1 : c == '}' ? -1 : 0;
        if (open == 0) {
          return i;
        }
      }
      return -1;
    }

    private String value(String reference, int depth) {
      referred = true;
      Matcher matcher = REFERENCE.matcher(reference);
      if (!matcher.matches() || depth >= DEPTH_MAX) {
        wrong(
            "'${%s}' is no reference".formatted(reference),
            "allowed: ${NAME}, ${NAME:-default}, ${NAME:?message}; '$${' stands for the text '${'");
        return "";
      }
      String name = matcher.group(1);
      String value = variables.get(name);
      String rest = matcher.group(3) == null ? "" : matcher.group(3);
      if (matcher.group(2) == null) {
        return value == null ? missing(name) : value;
      }
      if (value != null && !value.isEmpty()) {
        return value;
      }
      return matcher.group(2).equals(":-")
          ? replaced(rest, depth + 1)
          : demanded(name, value == null ? "not set" : "empty", rest);
    }

    private String missing(String name) {
      return unset(
          "variable '%s' is not set: it has no default".formatted(name),
          NearestWord.of(name, variables.keySet())
              .map("did you mean '%s'?"::formatted)
              .orElse("set it, or write a default: ${%s:-default}".formatted(name)));
    }

    /// Whoever wrote a message has said all there is to say.
    private String demanded(String name, String how, String message) {
      String said = message.isEmpty() ? "it is needed here" : message;
      return unset("variable '%s' is %s: %s".formatted(name, how, said), "set it");
    }

    private String unset(String message, String help) {
      problems.error("unset-variable", place, path, message, help);
      return "";
    }

    private void wrong(String message, String help) {
      problems.error("bad-reference", place, path, message, help);
    }
  }
}
