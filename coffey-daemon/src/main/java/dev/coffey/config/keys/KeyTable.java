package dev.coffey.config.keys;

import dev.coffey.config.tree.Tree;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The keys of one kind of map, in the order in which they are documented.
public final class KeyTable {
  private final String id;
  private final SequencedMap<String, Key> keys;
  private final Map<String, Key> aliases = new HashMap<>();
  private final Map<String, Tree> fallbacks = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private final List<String> required;
  private final @Nullable Variants variants;

  /// Which keys go with which value of one key.
  record Variants(String key, SequencedMap<String, Own> own) {
    Variants {
      own = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(own));
    }
  }

  /// The keys of one variant.
  record Own(List<String> required, List<String> optional) {
    boolean has(String key) {
      return required.contains(key) || optional.contains(key);
    }
  }

  private KeyTable(String id, List<String> required, @Nullable Variants variants, List<Key> rows) {
    this.id = id;
    this.required = List.copyOf(required);
    this.variants = variants;
    LinkedHashMap<String, Key> named = new LinkedHashMap<>();
    for (Key key : rows) {
      named.put(key.name(), key);
      ids.put(key.name(), id + "." + key.name());
      key.aliases().forEach(alias -> aliases.put(alias, key));
      Tree fallback = key.fallbackTree();
      if (fallback != null) {
        fallbacks.put(key.name(), fallback);
      }
    }
    this.keys = Collections.unmodifiableSequencedMap(named);
  }

  static KeyTable of(String id, List<Key> rows) {
    return new KeyTable(id, List.of(), null, rows);
  }

  /// The same table, in which these keys must be written.
  KeyTable requiring(String... names) {
    return new KeyTable(id, List.of(names), variants, List.copyOf(keys.values()));
  }

  /// The same table with variants.
  KeyTable varying(String key, SequencedMap<String, Own> own) {
    return new KeyTable(id, required, new Variants(key, own), List.copyOf(keys.values()));
  }

  /// What the table is called in the list of keys that come later: `service`.
  public String id() {
    return id;
  }

  /// What a key of the table is called there: `service.listen`.
  String idOf(Key key) {
    return ids.getOrDefault(key.name(), "");
  }

  public SequencedMap<String, Key> keys() {
    return keys;
  }

  List<String> required() {
    return required;
  }

  @Nullable Variants variants() {
    return variants;
  }

  /// The key of a name or of an older name.
  @Nullable Key find(String name) {
    Key key = keys.get(name);
    return key == null ? aliases.get(name) : key;
  }

  /// A key's default, where it has a fixed one.
  public @Nullable Tree fallback(String name) {
    return fallbacks.get(name);
  }
}
