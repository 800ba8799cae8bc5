package dev.coffey.config.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A value of the operator's files, with the place where it stands.
public sealed interface Tree {
  Place place();

  /// What kind of value this is, in the operator's words.
  String kind();

  /// Nothing: `null`, `~` or no text at all.
  record Empty(Place place) implements Tree {
    @Override
    public String kind() {
      return "nothing";
    }
  }

  /// One text as written.
  ///
  /// @param quoted whether it stands in quotes or in a block
  record Scalar(String text, boolean quoted, Place place) implements Tree {
    @Override
    public String kind() {
      return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
    }
  }

  /// A list.
  ///
  /// @param replaces whether it carries `!replace`
  record Sequence(List<Tree> items, boolean replaces, Place place) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    /// The items that are texts.
    public List<String> texts() {
      List<String> texts = new ArrayList<>();
      for (Tree item : items) {
        if (item instanceof Scalar scalar) {
          texts.add(scalar.text());
        }
      }
      return texts;
    }
  }

  /// A map, its keys in the order written.
  ///
  /// @param replaces whether it carries `!replace`
  record Mapping(SequencedMap<String, Field> fields, boolean replaces, Place place)
      implements Tree {
    /// Takes the fields over instead of copying them: who makes a map gives it away.
    public Mapping {
      fields = Collections.unmodifiableSequencedMap(fields);
    }

    private static final SequencedMap<String, Field> NONE =
        Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

    /// A map without entries.
    public static Mapping empty(Place place) {
      return new Mapping(NONE, false, place);
    }

    @Override
    public String kind() {
      return "a map";
    }

    /// The value of a key.
    public @Nullable Tree value(String key) {
      Field field = fields.get(key);
      return field == null ? null : field.value();
    }

    /// Where a key stands; the map's own place when it is not there.
    public Place placeOf(String key) {
      Field field = fields.get(key);
      return field == null ? place : field.place();
    }

    /// The same without empty values, at any depth of maps.
    public Mapping sound() {
      LinkedHashMap<String, Field> kept = new LinkedHashMap<>();
      fields.forEach((key, field) -> {
        if (field.value() instanceof Mapping map) {
          kept.put(key, new Field(field.place(), map.sound()));
        } else if (!(field.value() instanceof Empty)) {
          kept.put(key, field);
        }
      });
      return new Mapping(kept, replaces, place);
    }

    /// The same, standing elsewhere.
    public Mapping at(Place elsewhere) {
      return new Mapping(fields, replaces, elsewhere);
    }

    /// The same with one key set anew.
    public Mapping with(String key, Field field) {
      LinkedHashMap<String, Field> changed = new LinkedHashMap<>(fields);
      changed.put(key, field);
      return new Mapping(changed, replaces, place);
    }

    /// The same without some keys.
    public Mapping without(String... keys) {
      LinkedHashMap<String, Field> changed = new LinkedHashMap<>(fields);
      changed.keySet().removeAll(List.of(keys));
      return new Mapping(changed, replaces, place);
    }
  }

  /// A key's place and its value.
  record Field(Place place, Tree value) {
    /// The same with another value.
    @SuppressWarnings("ReferenceEquality") // sameness is only a short cut here
    public Field with(Tree changed) {
      return changed == value ? this : new Field(place, changed);
    }
  }
}
