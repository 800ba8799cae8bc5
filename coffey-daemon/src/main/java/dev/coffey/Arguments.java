package dev.coffey;

import dev.coffey.config.ConfigRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What `coffeyd` was called with, when it was not called with a verb.
sealed interface Arguments {
  /// Run the daemon on this configuration.
  record Run(ConfigRequest request) implements Arguments {}

  /// Say how it is called.
  record Help() implements Arguments {}

  /// Say which version it is.
  record Version() implements Arguments {}

  /// Called with something it does not know.
  record Wrong(String message) implements Arguments {}

  static Arguments of(List<String> words) {
    Map<String, List<String>> values =
        Map.of(
            "--config", new ArrayList<>(),
            "--set", new ArrayList<>(),
            "--disable", new ArrayList<>(),
            "--profile", new ArrayList<>());
    for (int index = 0; index < words.size(); index++) {
      String word = words.get(index).equals("-c") ? "--config" : words.get(index);
      if (word.equals("-h") || word.equals("--help")) {
        return new Help();
      }
      if (word.equals("-V") || word.equals("--version")) {
        return new Version();
      }
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      List<String> known = values.get(equals < 0 ? word : word.substring(0, equals));
      if (known == null) {
        return new Wrong("unknown %s '%s'".formatted(kind(word), word));
      }
      if (equals < 0) {
        index++;
      }
      if (index == words.size()) {
        return new Wrong("'%s' needs a value".formatted(words.getLast()));
      }
      known.add(equals < 0 ? words.get(index) : word.substring(equals + 1));
    }
    return new Run(
        new ConfigRequest(
            values.getOrDefault("--config", List.of()),
            values.getOrDefault("--set", List.of()),
            values.getOrDefault("--disable", List.of()),
            values.getOrDefault("--profile", List.of()),
            ConfigRequest.Tolerance.BOOT));
  }

  private static String kind(String word) {
    return word.startsWith("-") ? "option" : "verb";
  }
}
