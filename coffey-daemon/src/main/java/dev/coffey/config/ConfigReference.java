package dev.coffey.config;

import dev.coffey.config.keys.JsonSchema;
import dev.coffey.config.keys.Later;
import java.util.Optional;

/// What is true of every configuration: its schema, and what the codes of problems mean.
public final class ConfigReference {
  private ConfigReference() {}

  /// The JSON Schema of a file.
  public static String schema() {
    return JsonText.pages(JsonSchema.ofFile(Later.KEYS));
  }

  /// What a problem's code means.
  public static Optional<String> explanation(String code) {
    return new Explanations().of(code);
  }
}
