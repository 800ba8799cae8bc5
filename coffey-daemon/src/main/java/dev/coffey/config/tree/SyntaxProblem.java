package dev.coffey.config.tree;

import java.util.Objects;
import java.util.Optional;
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

  private static final Pattern ESCAPE = Pattern.compile("found unknown escape character (.).*");

  /// A dash that was to begin an item; three of them begin a document.
  private static final Pattern DASH = Pattern.compile("-[^\\s-]");

  private static final Pattern CONFLICT = Pattern.compile("(<{7}|={7}|>{7})( .*)?");
  private static final Pattern COMMENT = Pattern.compile("\\s*(#.*)?");

  /// A '#' where an item was to begin, and the bracket's end behind it.
  private static final Pattern HIDDEN = Pattern.compile("[\\[{,]\\s*(?=#.*[\\]}])");

  /// A key whose value follows without a blank; an address has two slashes there.
  private static final Pattern GLUED =
      Pattern.compile("\\s*(- +)?[A-Za-z_][\\w-]*:(?=[^\\s/]|/[^/])");

  private static final Pattern SECTION = Pattern.compile("\\[[A-Za-z][^\\]]*\\]");
  private static final int INI_LINES_MAX = 50;

  static SyntaxProblem of(Source source, MarkedYAMLException wrong) {
    String problem = first(wrong.getProblem());
    String context = first(wrong.getContext());
    Place place = place(source, wrong.getProblemMark(), wrong.getContextMark());
    Place began = place(source, wrong.getContextMark(), wrong.getProblemMark());
    Optional<Place> conflict = conflict(source);
    if (conflict.isPresent()) {
      String message = "this is the mark of a conflict that a merge has left";
      return new SyntaxProblem(conflict.get(), message, "choose between the two and remove it");
    }
    Matcher bracket = BRACKET.matcher(problem);
    Matcher start = START.matcher(problem);
    if (bracket.matches()) {
      String open = bracket.group(1).equals("]") ? "[" : "{";
      return hidden(source, began.line())
          .orElseGet(() ->
              new SyntaxProblem(
                  began,
                  "'%s' is not closed, or a ',' is missing behind it".formatted(open),
                  "close it by '%s'".formatted(bracket.group(1))));
    }
    if (context.contains("quoted scalar")) {
      return ofQuote(began, place, problem);
    }
    if (context.contains("simple key")) {
      return DASH.matcher(text(began)).lookingAt()
          ? new SyntaxProblem(began, "'-' lacks the blank behind it", "write '- ' before an item")
          : new SyntaxProblem(began, "':' is missing behind this key", "");
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

  private static SyntaxProblem ofQuote(Place began, Place place, String problem) {
    Matcher escape = ESCAPE.matcher(problem);
    if (escape.matches()) {
      String letter = escape.group(1);
      return new SyntaxProblem(
          place,
          "'\\%s' means nothing in double quotes".formatted(letter),
          "write '\\\\%s', or the whole text in single quotes".formatted(letter));
    }
    String quote = text(began).startsWith("'") ? "'" : "\"";
    return new SyntaxProblem(
        began, "this quote is not closed, or not as it should be", "close it by " + quote);
  }

  /// The text from a place to the end of its line.
  private static String text(Place place) {
    String line = place.source().line(place.line());
    return line.substring(Math.clamp(place.column() - 1L, 0, line.length()));
  }

  private static Optional<Place> conflict(Source source) {
    for (int line = 1; line <= source.lines(); line++) {
      if (CONFLICT.matcher(source.line(line)).matches()) {
        return Optional.of(new Place(source, line, 1));
      }
    }
    return Optional.empty();
  }

  /// The last line above that says something.
  private static int lineAbove(Source source, int from) {
    int line = from - 1;
    while (line > 1 && COMMENT.matcher(source.line(line)).matches()) {
      line--;
    }
    return line;
  }

  /// A value was to come, and the file has ended.
  private static SyntaxProblem ofEnd(Source source, Place place) {
    int line = lineAbove(source, place.line() + 1);
    return hidden(source, line)
        .orElseGet(() ->
            new SyntaxProblem(
                new Place(source, line, Math.max(1, source.line(line).length())),
                "the file ends where a value should follow",
                "close what is open by ']' or '}'"));
  }

  private static Optional<SyntaxProblem> hidden(Source source, int line) {
    Matcher hidden = HIDDEN.matcher(source.line(line));
    return hidden.find()
        ? Optional.of(
            new SyntaxProblem(
                new Place(source, line, hidden.end() + 1),
                "'#' begins a comment, which hides the end of the bracket",
                "write the text in quotes"))
        : Optional.empty();
  }

  /// Whether a line stands where the parser can do nothing with it.
  private static boolean indentation(String problem) {
    return problem.startsWith("mapping values are not allowed")
        || problem.startsWith("expected <block end>");
  }

  private static SyntaxProblem ofIndentation(Source source, Place place, String problem) {
    if (problem.startsWith("expected the node content") && problem.contains("<stream end>")) {
      return ofEnd(source, place);
    }
    int above = lineAbove(source, place.line());
    Matcher glued = GLUED.matcher(source.line(above));
    if (indentation(problem) && glued.lookingAt()) {
      return new SyntaxProblem(
          new Place(source, above, glued.end()), "':' lacks the blank behind it", "write ': '");
    }
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
