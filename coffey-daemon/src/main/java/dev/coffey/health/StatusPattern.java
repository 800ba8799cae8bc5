package dev.coffey.health;

import java.io.IOException;
import java.util.List;

/// Which HTTP codes are good: `2xx`, `200,204` or both mixed.
record StatusPattern(String text, List<String> parts) {
  static StatusPattern parse(String text) throws IOException {
    List<String> parts = List.of(text.trim().split("\\s*,\\s*"));
    for (String part : parts) {
      if (!part.matches("[1-5]([0-9]{2}|xx)")) {
        throw new IOException(
            "cannot probe: status must be like 2xx or 200,204, not '%s'".formatted(text));
      }
    }
    return new StatusPattern(text, parts);
  }

  boolean matches(int code) {
    return parts.stream()
        .anyMatch(part ->
            part.endsWith("xx")
                ? part.charAt(0) - '0' == code / 100
                : Integer.parseInt(part) == code);
  }
}
