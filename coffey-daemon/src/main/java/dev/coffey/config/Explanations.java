package dev.coffey.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What each code means at length, from the page that the documentation shows too.
final class Explanations {
  private static final String PAGE = "problems.md";

  private final SortedMap<String, String> texts = new TreeMap<>();

  /// Reads the page.
  Explanations() {
    for (String section : page().split("\n## ", -1)) {
      int end = section.indexOf('\n');
      if (!section.startsWith("#")) {
        texts.put(section.substring(0, end), section.substring(end).strip());
      }
    }
  }

  /// The text of a code.
  Optional<String> of(String code) {
    return Optional.ofNullable(texts.get(code));
  }

  /// All codes.
  Set<String> codes() {
    return Map.copyOf(texts).keySet();
  }

  private static String page() {
    try (InputStream in = Explanations.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new AssertionError("resource is missing: " + PAGE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
