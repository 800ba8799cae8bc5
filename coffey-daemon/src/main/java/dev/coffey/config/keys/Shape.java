package dev.coffey.config.keys;

import java.util.List;
import java.util.Map;

/// What a value may look like.
public sealed interface Shape {
  /// Text that follows a grammar.
  record Text(Grammar grammar) implements Shape {}

  /// `true` or `false`.
  record Flag() implements Shape {}

  /// A decimal number without a fraction.
  record Whole(long min, long max) implements Shape {}

  /// A decimal number.
  record Real(double min, double max) implements Shape {}

  /// A duration with its unit.
  record Span(boolean zeroAllowed) implements Shape {}

  /// A number of bytes, with or without a binary unit.
  record Size(long min, long max) implements Shape {}

  /// One of some words.
  ///
  /// @param also other spellings and the words they stand for, also ones that are not listed
  /// @param prefix when not empty, words are written in any case and with or without it: `SIG`
  record Choice(List<String> words, Map<String, String> also, String prefix) implements Shape {
    public Choice {
      words = List.copyOf(words);
      also = Map.copyOf(also);
    }
  }

  /// The shape, or the word `none`.
  record OrNone(Shape shape) implements Shape {}

  /// A list.
  record Items(Shape item) implements Shape {}

  /// A map whose keys the operator chooses.
  record Entries(Shape key, Shape value) implements Shape {}

  /// A map whose keys are known.
  record Fields(KeyTable table) implements Shape {}

  /// Several shapes, told apart by whether text, a list or a map is written.
  record ByKind(List<Shape> shapes) implements Shape {
    public ByKind {
      shapes = List.copyOf(shapes);
    }
  }

  /// Text of any content.
  Shape TEXT = new Text(Grammar.ANY);

  /// Text with content.
  Shape FILLED = new Text(Grammar.FILLED);

  Shape FLAG = new Flag();

  /// A duration of any length.
  Shape SPAN = new Span(true);

  /// A duration longer than nothing.
  Shape SPAN_POSITIVE = new Span(false);

  Shape TEXTS = new Items(TEXT);

  /// A service of the plan.
  Shape SERVICE = new Text(Grammar.SERVICE_NAME);

  Shape SERVICES = new Items(SERVICE);

  /// A command line that is split into words, or the words themselves.
  Shape COMMAND = new ByKind(List.of(FILLED, new Items(TEXT)));

  /// One of these words, exactly as written.
  static Shape words(String... words) {
    return new Choice(List.of(words), Map.of(), "");
  }

  static Shape byKind(Shape... shapes) {
    return new ByKind(List.of(shapes));
  }
}
