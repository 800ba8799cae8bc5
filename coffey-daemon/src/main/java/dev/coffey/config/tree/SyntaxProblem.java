package dev.coffey.config.tree;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// What the parser complains of, in the words of somebody who writes files rather than parsers, and
/// at the place where it began.
record SyntaxProblem(Place place, String message, String help) {
  private static final Pattern BRACKET = Pattern.compile("expected ',' or '([]}])'.*");
  private static final Pattern START = Pattern.compile("found character '?(.).*cannot start.*");
  private static final Pattern KEY_AND_VALUE = Pattern.compile("[^:#]*:\\s.*");

  private static final Pattern SECTION = Pattern.compile("\\[[A-Za-z][^\\]]*\\]");
  private static final int INI_LINES_MAX = 50;

  static SyntaxProblem of(Source source, MarkedYAMLException wrong) {
    String problem = first(wrong.getProblem());
    String context = first(wrong.getContext());
    Place place = place(source, wrong.getProblemMark(), wrong.getContextMark());
    Place began = place(source, wrong.getContextMark(), wrong.getProblemMark());
    Matcher bracket = BRACKET.matcher(problem);
    Matcher start = START.matcher(problem);
    if (bracket.matches()) {
      String open = bracket.group(1).equals("]") ? "[" : "{";
      return new SyntaxProblem(
          began,
          "'%s' is not closed, or a ',' is missing behind it".formatted(open),
          "close it by '%s'".formatted(bracket.group(1)));
    }
    if (context.contains("quoted scalar")) {
      return new SyntaxProblem(began, "this quote is not closed, or not as it should be", problem);
    }
    if (context.contains("simple key")) {
      return new SyntaxProblem(began, "':' is missing behind this key", "");
    }
    if (context.contains("scanning an alias") || context.contains("scanning an anchor")) {
      return new SyntaxProblem(
          began,
          "'*' and '&' begin the name of an anchor, and none follows",
          "quote a text that begins with one of them");
    }
    if (start.matches()) {
      return new SyntaxProblem(
          place, "a text cannot begin with '%s'".formatted(start.group(1)), "quote the text");
    }
    return ofIndentation(source, place, problem);
  }

  private static SyntaxProblem ofIndentation(Source source, Place place, String problem) {
    if (problem.startsWith("mapping values are not allowed")) {
      String line = place.source().line(place.line());
      String before = line.substring(0, Math.min(line.length(), Math.max(0, place.column() - 1)));
      return KEY_AND_VALUE.matcher(before).matches()
          ? new SyntaxProblem(place, "a value that holds ': ' must be quoted", "write it in quotes")
          : new SyntaxProblem(
              place,
              "a key cannot stand here",
              "the line above lacks its ':', or a '-' the blank behind it, or the indentation is"
                  + " wrong");
    }
    if (problem.startsWith("expected <block end>")) {
      return new SyntaxProblem(
          place,
          "this line is indented like none of the lines it could belong to",
          "keys of one map begin in one column");
    }
    if (problem.startsWith("expected '<document start>'") && isIni(source)) {
      return new SyntaxProblem(
          place,
          "this is an INI or TOML file, as systemd and supervisord have them",
          "write 'services:', below it the name, and below that 'command: …'; see 'coffeyd init'");
    }
    return new SyntaxProblem(place, problem, "");
  }

  /// Whether the first line that says anything is the head of a section.
  private static boolean isIni(Source source) {
    for (int line = 1; line <= INI_LINES_MAX; line++) {
      String text = source.line(line).strip();
      if (!text.isEmpty() && text.charAt(0) != '#' && text.charAt(0) != ';') {
        return SECTION.matcher(text).matches();
      }
    }
    return false;
  }

  private static String first(@Nullable String text) {
    return Objects.requireNonNullElse(text, "").lines().findFirst().orElse("").strip();
  }

  private static Place place(Source source, @Nullable Mark mark, @Nullable Mark otherwise) {
    Mark known = mark == null ? otherwise : mark;
    return known == null
        ? new Place(source, 1, 1)
        : new Place(source, known.getLine() + 1, known.getColumn() + 1);
  }
}
