package dev.coffey.config.keys;

import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.NearestWord;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Checks single words and numbers.
final class Words {
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
  private static final Pattern REAL = Pattern.compile("[-+]?[0-9]{1,15}(\\.[0-9]{1,15})?");
  private static final Pattern BLANK = Pattern.compile("\\s+");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Set<String> YES = Set.of("yes", "on", "y", "1");
  private static final Set<String> NO = Set.of("no", "off", "n", "0");

  private static final int PORT_MAX = 65_535;

  /// In defaults these are not yet replaced.
  private static final Pattern INSTANCE_MARK = Pattern.compile("%[ip]");

  private static final Shape.Choice SIGNAL =
      new Shape.Choice(KernelWords.SIGNALS, KernelWords.REAL_TIME_SIGNALS, "SIG");

  private final Problems problems;

  Words(Problems problems) {
    this.problems = problems;
  }

  /// What a shape allows, in words.
  static String what(Shape shape) {
    return switch (shape) {
      case Shape.Text(Grammar grammar) -> grammar.what();
      case Shape.Flag() -> "true or false";
      case Shape.Whole(long min, long max) -> "a whole number" + range(min, max);
      case Shape.Real(double min, double max) -> "a number from %s to %s".formatted(min, max);
      case Shape.Span(boolean zero) -> "a duration such as 500ms, 5s or 1m30s";
      case Shape.Size(long min, long max) -> "a size such as 64KiB, 10MiB or 1GiB";
      case Shape.Choice choice ->
          choice.words().size() > 12
              ? "a known name"
              : "one of " + String.join(", ", choice.words());
      case Shape.OrNone(Shape inner) -> what(inner) + ", or none";
      case Shape.Items _ -> "a list";
      case Shape.Entries _, Shape.Fields _ -> "a map";
      case Shape.ByKind(var shapes) ->
          String.join(" or ", shapes.stream().map(Words::what).toList());
    };
  }

  private static String range(long min, long max) {
    return max == Long.MAX_VALUE ? " of at least " + min : " from %d to %d".formatted(min, max);
  }

  /// The word in its usual form, or nothing when it does not fit, which is reported.
  Tree.@Nullable Scalar check(Tree.Scalar word, Shape shape, KeyPath path) {
    String text = word.text();
    if (text.indexOf('\0') >= 0) {
      problems.error("nul-character", word.place(), path, "must not hold a NUL character", "");
      return null;
    }
    return switch (shape) {
      case Shape.Text(Grammar grammar) -> text(word, grammar, path);
      case Shape.Flag() -> flag(word, path);
      case Shape.Whole(long min, long max) -> whole(word, min, max, path);
      case Shape.Real(double min, double max) -> real(word, min, max, path);
      case Shape.Span(boolean zero) -> span(word, zero, path);
      case Shape.Size(long min, long max) -> size(word, min, max, path);
      case Shape.Choice choice -> choice(word, choice, path);
      default -> throw new AssertionError("not a word: " + shape);
    };
  }

  private Tree.@Nullable Scalar text(Tree.Scalar word, Grammar grammar, KeyPath path) {
    if (grammar == Grammar.URL && Loopback.isPlainUrl(word.text())) {
      return word;
    }
    if (!grammar.matches(word.text())) {
      return wrong("wrong-value", word, "must be " + grammar.what(), path, way(grammar, word));
    }
    return switch (grammar) {
      case PATTERN -> pattern(word, path);
      case PATH -> path(word, path);
      case CODE -> code(word, path);
      case URL -> url(word, path);
      case ADDRESS -> port(word, word.text().substring(word.text().lastIndexOf(':') + 1), path);
      default -> word;
    };
  }

  /// What is most often meant instead.
  private static String way(Grammar grammar, Tree.Scalar word) {
    return switch (grammar) {
      case USER -> word.text().indexOf(':') >= 0 ? "write the group as 'group'" : "";
      case ASSIGNMENT -> "write it as in NAME=value; env_pass takes one over from the daemon";
      case CPU -> "1 CPU is 100%";
      case OCTAL -> octal(word.text());
      case URL -> "as http://127.0.0.1:8080/healthz";
      default -> "";
    };
  }

  private static String octal(String text) {
    String digits = text.startsWith("0o") ? text.substring(2) : text;
    return digits.matches("[0-7]{1,3}")
        ? "write '%s'".formatted("0".repeat(4 - digits.length()) + digits)
        : "";
  }

  private Tree.@Nullable Scalar pattern(Tree.Scalar word, KeyPath path) {
    try {
      Pattern.compile(word.text());
      return word;
    } catch (PatternSyntaxException bad) {
      String message = "must be a regular expression (%s)".formatted(bad.getDescription());
      return wrong("wrong-value", word, message, path, "");
    }
  }

  private Tree.@Nullable Scalar url(Tree.Scalar word, KeyPath path) {
    try {
      String text = word.text();
      boolean marked = text.indexOf('%') >= 0;
      URI url = new URI(marked ? INSTANCE_MARK.matcher(text).replaceAll("1") : text);
      if (url.getHost() == null) {
        return wrong("wrong-value", word, "must name a host", path, "as http://127.0.0.1:8080/");
      }
      return url.getPort() < 0 ? word : port(word, Integer.toString(url.getPort()), path);
    } catch (URISyntaxException bad) {
      String message = "must be a URL (%s)".formatted(bad.getReason());
      return wrong("wrong-value", word, message, path, "");
    }
  }

  private Tree.@Nullable Scalar port(Tree.Scalar word, String port, KeyPath path) {
    int number = port.length() > 5 ? 0 : Integer.parseInt(port);
    return number < 1 || number > PORT_MAX
        ? wrong("out-of-range", word, "must have a port from 1 to " + PORT_MAX, path, "")
        : word;
  }

  private Tree.@Nullable Scalar path(Tree.Scalar word, KeyPath at) {
    try {
      Path path = Path.of(word.text());
      return path.toString().isEmpty()
          ? wrong("wrong-value", word, "must be a path", at, "")
          : word;
    } catch (InvalidPathException bad) {
      String message = "must be a path (%s)".formatted(bad.getReason());
      return wrong("wrong-value", word, message, at, "set a UTF-8 locale for the daemon");
    }
  }

  private Tree.@Nullable Scalar code(Tree.Scalar word, KeyPath path) {
    return Character.isDigit(word.text().charAt(0))
        ? whole(word, 0, 255, path)
        : choice(word, SIGNAL, path);
  }

  private Tree.@Nullable Scalar flag(Tree.Scalar word, KeyPath path) {
    String text = word.text();
    if (!word.quoted() && TRUE.contains(text)) {
      return as("true", word);
    }
    if (!word.quoted() && FALSE.contains(text)) {
      return as("false", word);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    String help = "";
    if (word.quoted() && (TRUE.contains(text) || FALSE.contains(text))) {
      help = "write it without quotes";
    } else if (YES.contains(lower)) {
      help = "write true";
    } else if (NO.contains(lower)) {
      help = "write false";
    }
    return wrong("wrong-type", word, "must be true or false", path, help);
  }

  private Tree.@Nullable Scalar whole(Tree.Scalar word, long min, long max, KeyPath path) {
    String text = word.text();
    if (!WHOLE.matcher(text).matches()) {
      boolean octal = text.matches("[-+]?0[0-7]+");
      String help = octal ? "write it without the leading 0" : "";
      return wrong("wrong-type", word, "must be a whole number" + range(min, max), path, help);
    }
    long number = Long.parseLong(text);
    return number < min || number > max
        ? wrong("out-of-range", word, "must be a whole number" + range(min, max), path, "")
        : word;
  }

  private Tree.@Nullable Scalar real(Tree.Scalar word, double min, double max, KeyPath path) {
    if (!REAL.matcher(word.text()).matches()) {
      return wrong("wrong-type", word, "must be a number such as 1.5", path, "");
    }
    double number = Double.parseDouble(word.text());
    return number < min || number > max
        ? wrong("out-of-range", word, "must be from %s to %s".formatted(min, max), path, "")
        : word;
  }

  private Tree.@Nullable Scalar span(Tree.Scalar word, boolean zero, KeyPath path) {
    var duration = Units.duration(word.text());
    if (duration.isEmpty()) {
      String message = "must be a duration such as 500ms, 5s or 1m30s";
      String tight = BLANK.matcher(word.text()).replaceAll("");
      String help =
          Units.duration(tight).isPresent()
              ? "write '%s'".formatted(tight)
              : "units: ms, s, m, h, d";
      return wrong("wrong-duration", word, message, path, help);
    }
    if (duration.get().isZero() && !zero) {
      return wrong("out-of-range", word, "must be longer than nothing", path, "");
    }
    if (Units.bare(word.text()) && !duration.get().isZero()) {
      problems.warning(
          "bare-duration",
          word.place(),
          path,
          "'%s' has no unit and is read as seconds".formatted(word.text()),
          "write '%ss'".formatted(word.text()));
    }
    return word;
  }

  private Tree.@Nullable Scalar size(Tree.Scalar word, long min, long max, KeyPath path) {
    var size = Units.size(word.text());
    if (size.isEmpty()) {
      String message = "must be a size such as 64KiB, 10MiB or 1GiB";
      String tight = BLANK.matcher(word.text()).replaceAll("");
      String help =
          Units.size(tight).isPresent() ? "write '%s'".formatted(tight) : "units: KiB, MiB, GiB";
      return wrong("wrong-size", word, message, path, help);
    }
    String bounds = max == Long.MAX_VALUE ? "at least " + min : "from %d to %d".formatted(min, max);
    return size.get() < min || size.get() > max
        ? wrong("out-of-range", word, "must be " + bounds + " bytes", path, "")
        : word;
  }

  private Tree.@Nullable Scalar choice(Tree.Scalar word, Shape.Choice choice, KeyPath path) {
    String text = choice.also().getOrDefault(word.text(), word.text());
    if (!choice.prefix().isEmpty()) {
      text = text.toUpperCase(Locale.ROOT);
      text = text.startsWith(choice.prefix()) ? text.substring(choice.prefix().length()) : text;
      text = choice.also().getOrDefault(text, text);
    }
    if (choice.words().contains(text) || choice.also().containsValue(text)) {
      return as(text, word);
    }
    String elsewhere = Strangers.help(path.step(), word.text());
    String help = elsewhere.isEmpty() ? NearestWord.help(text, choice.words()) : elsewhere;
    return wrong("unknown-word", word, "must be " + what(choice), path, help);
  }

  /// The word itself when it is written so.
  private static Tree.Scalar as(String text, Tree.Scalar word) {
    return text.equals(word.text()) ? word : new Tree.Scalar(text, word.quoted(), word.place());
  }

  private Tree.@Nullable Scalar wrong(
      String code, Tree.Scalar word, String message, KeyPath path, String help) {
    problems.error(code, word.place(), path, message + ", not " + word.kind(), help);
    return null;
  }
}
