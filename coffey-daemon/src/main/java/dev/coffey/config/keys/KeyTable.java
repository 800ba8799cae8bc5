package dev.coffey.config.keys;

import dev.coffey.config.tree.Tree;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of one kind of map, in the order in which they are documented.
public final class KeyTable {
  private final String id;
  private final SequencedMap<String, Key> keys;
  private final Map<String, Row> rows;
  private final List<String> olderNames;
  private final List<String> required;
  private final @Nullable Variants variants;

  /// Which keys go with which value of one key.
  ///
  /// @param all the keys that belong to some variant
  record Variants(String key, SequencedMap<String, Own> own, Set<String> all) {
    static Variants of(String key, SequencedMap<String, Own> own) {
      Set<String> all = new HashSet<>();
      own.values()
          .forEach(each -> {
            all.addAll(each.required());
            all.addAll(each.optional());
          });
      return new Variants(
          key, Collections.unmodifiableSequencedMap(new LinkedHashMap<>(own)), Set.copyOf(all));
    }

    /// Whether a key belongs to some variant.
    boolean has(String key) {
      return all.contains(key);
    }
  }

  /// The keys of one variant.
  record Own(List<String> required, List<String> optional) {
    boolean has(String key) {
      return required.contains(key) || optional.contains(key);
    }
  }

  /// A key with all that is asked of it for every value of it that is written.
  ///
  /// @param id what it is called in the list of keys that come later: `service.listen`
  /// @param fallback its default, where it has a fixed one
  /// @param inner the table of the maps that it holds
  record Row(Key key, String id, @Nullable Tree fallback, @Nullable KeyTable inner) {}

  private KeyTable(
      String id,
      List<String> required,
      @Nullable Variants variants,
      SequencedMap<String, Key> keys,
      Map<String, Row> rows) {
    this.id = id;
    this.required = List.copyOf(required);
    this.variants = variants;
    this.keys = keys;
    this.rows = rows;
    this.olderNames = rows.keySet().stream().filter(name -> !keys.containsKey(name)).toList();
  }

  static KeyTable of(String id, List<Key> keys) {
    LinkedHashMap<String, Key> named = new LinkedHashMap<>();
    Map<String, Row> rows = new HashMap<>();
    for (Key key : keys) {
      KeyTable inner = Values.fieldsOf(key.shape()).orElse(null);
      Row row = new Row(key, id + "." + key.name(), key.fallbackTree(), inner);
      key.aliases().forEach(alias -> rows.put(alias, row));
      rows.put(key.name(), row);
      named.put(key.name(), key);
    }
    return new KeyTable(id, List.of(), null, Collections.unmodifiableSequencedMap(named), rows);
  }

  /// The same table, in which these keys must be written.
  KeyTable requiring(String... names) {
    return new KeyTable(id, List.of(names), variants, keys, rows);
  }

  /// The same table without some keys.
  KeyTable without(Set<String> names) {
    return of(id, keys.values().stream().filter(key -> !names.contains(key.name())).toList());
  }

  /// These keys of the table alone.
  public KeyTable only(String... names) {
    Set<String> kept = Set.of(names);
    return of(id, keys.values().stream().filter(key -> kept.contains(key.name())).toList());
  }

  /// The same table with variants.
  KeyTable varying(String key, SequencedMap<String, Own> own) {
    return new KeyTable(id, required, Variants.of(key, own), keys, rows);
  }

  /// What the table is called in the list of keys that come later: `service`.
  public String id() {
    return id;
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

  /// The way out for somebody who wrote an unknown key.
  public String help(String name) {
    return Strangers.help(name, this);
  }

  /// Whether there is a key of that name or older name.
  public boolean has(String name) {
    return rows.containsKey(name);
  }

  /// The names that keys had in earlier versions.
  List<String> olderNames() {
    return olderNames;
  }

  /// The row of a name or of an older name.
  @Nullable Row find(String name) {
    return rows.get(name);
  }

  /// A key's default, where it has a fixed one.
  public @Nullable Tree fallback(String name) {
    Row row = rows.get(name);
    return row == null ? null : row.fallback();
  }
}
