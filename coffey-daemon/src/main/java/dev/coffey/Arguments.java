package dev.coffey;

import java.util.ArrayList;
import java.util.List;

/// What `coffeyd` was called with, when it was not called with a verb.
sealed interface Arguments {
  /// Run the daemon on these files, or on those in the usual places.
  record Run(List<String> configs) implements Arguments {}

  /// Say how it is called.
  record Help() implements Arguments {}

  /// Say which version it is.
  record Version() implements Arguments {}

  /// Called with something it does not know.
  record Wrong(String message) implements Arguments {}

  static Arguments of(List<String> words) {
    List<String> configs = new ArrayList<>();
    for (int index = 0; index < words.size(); index++) {
      String word = words.get(index);
      switch (word) {
        case "-h", "--help" -> {
          return new Help();
        }
        case "-V", "--version" -> {
          return new Version();
        }
        case "-c", "--config" -> {
          index++;
          if (index == words.size()) {
            return new Wrong("'%s' needs a file or a directory".formatted(word));
          }
          configs.add(words.get(index));
        }
        default -> {
          if (!word.startsWith("--config=")) {
            return new Wrong("unknown %s '%s'".formatted(kind(word), word));
          }
          configs.add(word.substring("--config=".length()));
        }
      }
    }
    return new Run(configs);
  }

  private static String kind(String word) {
    return word.startsWith("-") ? "option" : "verb";
  }
}
