package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what is executed.
final class CommandReader {
  private final Problems problems;

  CommandReader(Problems problems) {
    this.problems = problems;
  }

  /// A service's `binary` and `args`, or its `command`.
  Optional<Command> ofService(Values values) {
    if (!values.sound("binary", "args", "command", "shell")) {
      return Optional.empty();
    }
    if (values.has("binary") && values.has("command")) {
      problems.error(
          "contradiction",
          values.placeOf("command"),
          values.path().key("command"),
          "'command' and 'binary' exclude each other",
          "write binary and args, or command");
      return Optional.empty();
    }
    if (values.has("command")) {
      if (values.has("args")) {
        refuse(values, "args", "'args' goes with 'binary', not with 'command'");
      }
      return of(values, "command", values.flag("shell"));
    }
    if (values.flag("shell")) {
      refuse(values, "shell", "'shell' goes with 'command', not with 'binary'");
    }
    if (!values.has("binary")) {
      problems.error(
          "missing-key",
          values.place(),
          values.path(),
          "'binary' or 'command' is missing",
          "write 'command: PROGRAM ARGUMENT…'");
      return Optional.empty();
    }
    return Optional.of(new Command(values.text("binary"), values.texts("args")));
  }

  private void refuse(Values values, String key, String message) {
    problems.error("contradiction", values.placeOf(key), values.path().key(key), message, "");
  }

  /// The command line under a key: words, or a text that is split unless a shell gets it.
  Optional<Command> of(Values values, String key, boolean shell) {
    Tree tree = values.tree(key);
    return tree == null ? Optional.empty() : of(tree, values, key, shell);
  }

  /// One of several command lines under a key.
  Optional<Command> of(Tree tree, Values values, String key) {
    return of(tree, values, key, false);
  }

  private Optional<Command> of(Tree tree, Values values, String key, boolean shell) {
    if (tree instanceof Tree.Scalar scalar && scalar.text().equals("none")) {
      return Optional.empty();
    }
    return switch (tree) {
      case Tree.Scalar line when shell -> Optional.of(Command.shell(line.text()));
      case Tree.Scalar line -> command(words(line, values, key), values, key);
      case Tree.Sequence _ when shell -> {
        refuse(values, key, "a shell takes one text, not a list");
        yield Optional.empty();
      }
      case Tree.Sequence list -> command(list.texts(), values, key);
      case Tree.Mapping _, Tree.Empty _ -> Optional.empty();
    };
  }

  private Optional<Command> command(List<String> words, Values values, String key) {
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      problems.error(
          "wrong-value",
          values.placeOf(key),
          values.path().key(key),
          "'%s' must hold at least one word".formatted(key),
          "");
      return Optional.empty();
    }
    return Optional.of(new Command(words.getFirst(), words.subList(1, words.size())));
  }

  private List<String> words(Tree.Scalar line, Values values, String key) {
    try {
      return split(line.text());
    } catch (IllegalArgumentException unbalanced) {
      problems.error(
          "unbalanced-quote",
          line.place(),
          values.path().key(key),
          String.valueOf(unbalanced.getMessage()),
          "close the quote, or write a list of words");
      return List.of("?");
    }
  }

  /// Splits at blanks; quotes and backslashes keep blanks together, nothing is expanded.
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
        continue;
      }
      inWord = true;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the quote %c is not closed".formatted(quote));
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
