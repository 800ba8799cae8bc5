package dev.coffey.config.keys;

import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Source;
import dev.coffey.config.tree.Tree;
import dev.coffey.config.tree.YamlParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of the table.
///
/// @param fallback the default as YAML; empty when there is none or when it depends
/// @param note the default in words, where it depends on something or there is none
/// @param aliases older names that are still read
public record Key(
    String name,
    Shape shape,
    String fallback,
    String note,
    String meaning,
    Effect effect,
    List<String> aliases) {
  /// What it takes for a changed value to be in effect.
  public enum Effect {
    /// A reload suffices.
    LIVE,
    /// A reload restarts this service.
    RESTART,
    /// Only the daemon's next start reads it.
    DAEMON
  }

  private static final Source DEFAULTS = Source.named("default");

  public Key {
    aliases = List.copyOf(aliases);
  }

  /// A key that restarts its service and has no default.
  static Key of(String name, Shape shape, String meaning) {
    return new Key(name, shape, "", "none", meaning, Effect.RESTART, List.of());
  }

  /// The same with a default, written as YAML.
  Key or(String yaml) {
    return new Key(name, shape, yaml, "", meaning, effect, aliases);
  }

  /// The same with a default that depends, in words.
  Key orAs(String words) {
    return new Key(name, shape, "", words, meaning, effect, aliases);
  }

  /// The same, applied by a reload alone.
  Key live() {
    return new Key(name, shape, fallback, note, meaning, Effect.LIVE, aliases);
  }

  /// The same, read only when the daemon starts.
  Key daemon() {
    return new Key(name, shape, fallback, note, meaning, Effect.DAEMON, aliases);
  }

  /// The same with older names.
  Key formerly(String... names) {
    return new Key(name, shape, fallback, note, meaning, effect, List.of(names));
  }

  /// The word for what holds where the key is left out; empty where there is no such word.
  String usualWord() {
    return shape instanceof Shape.OrNone
        ? "none"
        : fallback.matches("[a-z]+") && hasWords() ? fallback : "";
  }

  private boolean hasWords() {
    return shape instanceof Shape.ByKind(List<Shape> shapes)
        && shapes.getFirst() instanceof Shape.Choice;
  }

  /// The default as a tree.
  public @Nullable Tree fallbackTree() {
    if (fallback.isEmpty()) {
      return null;
    }
    return Character.isLetterOrDigit(fallback.charAt(0))
        ? new Tree.Scalar(fallback, false, Place.whole(DEFAULTS))
        : YamlParser.parse(DEFAULTS, fallback, new Problems()).orElse(null);
  }
}
