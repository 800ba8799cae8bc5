package dev.coffey.config.tree;

import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerImpl;

/// Strict YAML to a tree: one document, a place for each value, and a problem instead of an
/// exception for all that is not well-formed.
public final class YamlParser {
  /// A configuration file larger than this is a mistake.
  public static final int FILE_BYTES_MAX = 8 << 20;

  private static final Pattern LEADING_TAB = Pattern.compile("^ *\t.*");

  private YamlParser() {}

  /// The document of a source; empty when there is none or when it cannot be read, which is
  /// reported.
  public static Optional<Tree> parse(Source source, String text, Problems problems) {
    Tree plain = PlainParser.parse(source, text);
    return plain == null ? full(source, text, problems) : Optional.of(plain);
  }

  /// The same by the parser that knows all of YAML.
  static Optional<Tree> full(Source source, String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(FILE_BYTES_MAX);
    try {
      Scanner scanner = new ScannerImpl(new StreamReader(text), options);
      ParserImpl parser = new ParserImpl(new Lookahead(scanner));
      return new TreeBuilder(parser, source, problems).document();
    } catch (TreeBuilder.Stopped _) {
      return Optional.empty();
    } catch (MarkedYAMLException wrong) {
      report(source, wrong, problems);
    } catch (ReaderException wrong) {
      problems.error(
          "bad-character",
          placeOf(source, text, wrong.getPosition()),
          "",
          String.format("character U+%04X is not allowed", wrong.getCodePoint()),
          "remove it, or write it as an escape in double quotes");
    } catch (YAMLException wrong) {
      problems.error(
          "syntax", new Place(source, 1, 1), "", reason(String.valueOf(wrong.getMessage())), "");
    }
    return Optional.empty();
  }

  /// The document of a file.
  public static Optional<Tree> parse(String name, byte[] bytes, Problems problems) {
    int before = problems.count();
    Source source = TextDecoder.decode(name, bytes, problems);
    return problems.count() == before ? parse(source, source.text(), problems) : Optional.empty();
  }

  private static void report(Source source, MarkedYAMLException wrong, Problems problems) {
    var mark = wrong.getProblemMark() == null ? wrong.getContextMark() : wrong.getProblemMark();
    Place place =
        mark == null
            ? new Place(source, 1, 1)
            : new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
    for (int line = place.line(); line >= Math.max(1, place.line() - 1); line--) {
      if (LEADING_TAB.matcher(source.line(line)).matches()) {
        problems.error(
            "tab",
            new Place(source, line, source.line(line).indexOf('\t') + 1),
            "",
            "a tab cannot indent",
            "use spaces");
        return;
      }
    }
    if (isTab(place)) {
      problems.error("tab", place, "", "a tab cannot stand before a value", "use spaces");
      return;
    }
    SyntaxProblem syntax = SyntaxProblem.of(source, wrong);
    String message = "not well-formed YAML: " + syntax.message();
    problems.error("syntax", syntax.place(), "", message, syntax.help());
  }

  private static boolean isTab(Place place) {
    String line = place.source().line(place.line());
    return place.column() <= line.length() && line.charAt(place.column() - 1) == '\t';
  }

  private static String reason(String message) {
    String reason = message.lines().findFirst().orElse("").strip();
    return "not well-formed YAML: " + reason;
  }

  private static Place placeOf(Source source, String text, int position) {
    int end = Math.min(text.length(), text.offsetByCodePoints(0, Math.max(0, position)));
    int line = (int) text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
    return new Place(source, line, end - text.lastIndexOf('\n', Math.max(0, end - 1)));
  }
}
