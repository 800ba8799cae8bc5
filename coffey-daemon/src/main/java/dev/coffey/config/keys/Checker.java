package dev.coffey.config.keys;

import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds a tree against the table: reports all that does not fit, and returns what does, with
/// today's names and words.
public final class Checker {
  private static final int KEYS_SHOWN_MAX = 8;
  private static final Pattern BETWEEN = Pattern.compile("\\s*[,\\s]\\s*");
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_./@=-]{1,60}");

  private final Problems problems;
  private final Set<String> later;
  private final Set<String> laterWords;
  private final Map<String, Shape.Choice> narrowed;
  private final Words words;
  private final Set<Tree> trusted;

  /// @param later what is refused as not supported yet, see [Later]
  public Checker(Problems problems, Set<String> later) {
    this.problems = problems;
    this.later = later;
    this.laterWords =
        later.stream()
            .filter(id -> id.indexOf('=') > 0)
            .map(id -> id.substring(0, id.indexOf('=')))
            .collect(Collectors.toUnmodifiableSet());
    this.narrowed = new HashMap<>();
    this.words = new Words(problems);
    this.trusted = Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private Checker(Checker other, Problems problems) {
    this.problems = problems;
    this.later = other.later;
    this.laterWords = other.laterWords;
    this.narrowed = other.narrowed;
    this.words = new Words(problems);
    this.trusted = other.trusted;
  }

  /// The same for another part of the configuration, with problems of its own.
  public Checker with(Problems own) {
    return new Checker(this, own);
  }

  /// Takes values for checked, wherever they turn up, so that nothing is told twice.
  public void trust(Tree tree) {
    switch (tree) {
      case Tree.Mapping map -> map.fields().values().forEach(field -> trust(field.value()));
      case Tree.Sequence list -> list.items().forEach(this::trust);
      case Tree.Scalar _, Tree.Empty _ -> {}
    }
    trusted.add(tree);
  }

  /// The tree as far as it fits; a key whose value does not fit becomes [Tree.Empty].
  public Tree.Mapping fields(Tree tree, KeyTable table, KeyPath path) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      wrongKind(tree, "a map", path);
      return Tree.Mapping.empty(tree.place());
    }
    Fitting fitting = new Fitting(mapping);
    mapping.fields().forEach((name, field) -> field(name, field, table, path, fitting));
    Tree.Mapping checked = fitting.mapping();
    required(table.required(), mapping, checked, path);
    if (table.variants() != null) {
      variant(table.variants(), mapping, checked, path);
    }
    return checked;
  }

  private void field(String name, Tree.Field field, KeyTable table, KeyPath path, Fitting fitting) {
    KeyPath here = path.key(name);
    KeyTable.Row row = table.find(name);
    if (row == null) {
      fitting.leave();
      problems.error(
          "unknown-key", field.place(), here, "unknown key '%s'".formatted(name), table.help(name));
      return;
    }
    Key key = row.key();
    if (later.contains(row.id()) && !saysUsual(field.value(), key)) {
      fitting.leave();
      String usual = key.usualWord();
      problems.error(
          "unsupported-key",
          field.place(),
          here,
          "'%s' is not supported in this version".formatted(key.name()),
          usual.isEmpty() ? "remove it" : "remove it, or write '%s'".formatted(usual));
      return;
    }
    if (!name.equals(key.name())) {
      OlderNames.tell(problems, field.place(), here, key.name());
    }
    if (fitting.has(key.name(), name)) {
      fitting.leave();
      String message = "'%s' and '%s' are the same key".formatted(name, key.name());
      problems.error("duplicate-key", field.place(), here, message, "write only one");
      return;
    }
    if (field.value() instanceof Tree.Empty) {
      fitting.leave();
      // For YAML this is one of the words of `stdin`, which is the default too.
      if (!(key.shape() instanceof Shape.Choice choice && choice.words().contains("null"))) {
        problems.warning("no-value", field.place(), here, "'%s' has no value".formatted(name), "");
      }
      return;
    }
    Tree value = check(field.value(), key.shape(), here, row.id());
    Tree kept = value == null ? new Tree.Empty(field.value().place()) : value;
    fitting.put(key.name(), name, field, field.with(kept));
  }

  /// Whether somebody wrote only what holds anyway.
  private static boolean saysUsual(Tree value, Key key) {
    return value instanceof Tree.Scalar word
        && !word.text().isEmpty()
        && word.text().equals(key.usualWord());
  }

  private void required(
      List<String> names, Tree.Mapping written, Tree.Mapping fitting, KeyPath path) {
    for (String name : names) {
      if (!fitting.fields().containsKey(name) && written.value(name) == null) {
        String message = "'%s' is missing".formatted(name);
        problems.error("missing-key", written.place(), path, message, "");
      }
    }
  }

  private void variant(
      KeyTable.Variants variants, Tree.Mapping written, Tree.Mapping fitting, KeyPath path) {
    String word = fitting.value(variants.key()) instanceof Tree.Scalar scalar ? scalar.text() : "";
    KeyTable.Own own = variants.own().get(word);
    if (own == null) {
      return;
    }
    for (String name : fitting.fields().keySet()) {
      if (!own.has(name) && variants.has(name)) {
        problems.error(
            "foreign-key",
            written.placeOf(name),
            path.key(name),
            "'%s' does not go with %s '%s'".formatted(name, variants.key(), word),
            "");
      }
    }
    required(own.required(), written, fitting, path);
  }

  private @Nullable Tree check(Tree tree, Shape shape, KeyPath path, String id) {
    // Asked only where there are some: it takes a hash of each value's identity.
    if (!trusted.isEmpty() && trusted.contains(tree)) {
      return tree;
    }
    return switch (shape) {
      case Shape.OrNone(Shape inner) ->
          tree instanceof Tree.Scalar word && word.text().equals("none")
              ? word
              : check(tree, inner, path, id);
      case Shape.ByKind(List<Shape> shapes) -> byKind(tree, shapes, path, id);
      case Shape.Items(Shape item) -> items(tree, item, path, id);
      case Shape.Entries(Shape key, Shape value) -> entries(tree, key, value, path, id);
      case Shape.Fields(KeyTable table) ->
          tree instanceof Tree.Mapping
              ? fields(tree, table, path)
              : wrongKind(tree, "a map", path, keysOf(table));
      case Shape.Choice choice when laterWords.contains(id) -> choice(tree, choice, path, id);
      case Shape.Text _, Shape.Flag _, Shape.Whole _, Shape.Real _ -> word(tree, shape, path);
      case Shape.Span _, Shape.Size _, Shape.Choice _ -> word(tree, shape, path);
    };
  }

  private @Nullable Tree word(Tree tree, Shape shape, KeyPath path) {
    if (!(tree instanceof Tree.Scalar scalar)) {
      boolean pair = shape instanceof Shape.Text(Grammar grammar) && grammar == Grammar.ASSIGNMENT;
      String help = pair ? "write '- NAME=value', or 'NAME: value' without '-'" : "";
      return wrongKind(tree, Words.what(shape), path, help);
    }
    return words.check(scalar, shape, path);
  }

  /// A word out of those that this version supports.
  private @Nullable Tree choice(Tree tree, Shape.Choice all, KeyPath path, String id) {
    Shape.Choice now = narrowed.computeIfAbsent(id, _ -> narrow(all, id));
    if (tree instanceof Tree.Scalar scalar
        && !now.words().contains(scalar.text())
        && later.contains(id + "=" + scalar.text())) {
      problems.error(
          "unsupported-key",
          scalar.place(),
          path,
          "'%s' is not supported in this version".formatted(scalar.text()),
          "allowed here: " + String.join(", ", now.words()));
      return null;
    }
    return word(tree, now, path);
  }

  private Shape.Choice narrow(Shape.Choice all, String id) {
    List<String> words =
        all.words().stream().filter(word -> !later.contains(id + "=" + word)).toList();
    return new Shape.Choice(words, all.also(), all.prefix());
  }

  private @Nullable Tree byKind(Tree tree, List<Shape> shapes, KeyPath path, String id) {
    for (Shape shape : shapes) {
      boolean fits =
          switch (shape) {
            case Shape.Items _ -> tree instanceof Tree.Sequence;
            case Shape.Fields _, Shape.Entries _ -> tree instanceof Tree.Mapping;
            default -> tree instanceof Tree.Scalar;
          };
      if (fits) {
        return check(tree, shape, path, id);
      }
    }
    String allowed = String.join(" or ", shapes.stream().map(Words::what).toList());
    boolean list = shapes.stream().anyMatch(Shape.Items.class::isInstance);
    return wrongKind(tree, allowed, path, list ? listOf(tree) : "");
  }

  @SuppressWarnings("ReferenceEquality") // sameness is only a short cut here
  private @Nullable Tree items(Tree tree, Shape item, KeyPath path, String id) {
    if (!(tree instanceof Tree.Sequence sequence)) {
      return wrongKind(tree, "a list", path, listOf(tree));
    }
    List<Tree> fitting = new ArrayList<>(sequence.items().size());
    boolean same = true;
    int index = 0;
    for (Tree each : sequence.items()) {
      Tree checked = check(each, item, path.item(index++), id);
      same &= checked == each;
      if (checked != null) {
        fitting.add(checked);
      }
    }
    return same ? sequence : new Tree.Sequence(fitting, sequence.replaces(), sequence.place());
  }

  private @Nullable Tree entries(Tree tree, Shape key, Shape value, KeyPath path, String id) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      return wrongKind(tree, "a map", path);
    }
    Fitting fitting = new Fitting(mapping);
    mapping
        .fields()
        .forEach((name, field) -> {
          KeyPath here = path.key(name);
          Tree.Scalar word = new Tree.Scalar(name, true, field.place());
          Tree.Scalar named = words.check(word, key, here);
          Tree given = field.value();
          boolean unset = given instanceof Tree.Empty && value instanceof Shape.Fields;
          Tree full = unset ? Tree.Mapping.empty(field.place()) : given;
          // A variable without a value is one that is not set.
          boolean none =
              given instanceof Tree.Empty
                  && key instanceof Shape.Text(Grammar grammar)
                  && grammar == Grammar.ENV_NAME;
          Tree checked = none ? given : check(full, value, here, id);
          if (named != null && checked != null) {
            fitting.put(named.text(), name, field, field.with(checked));
          } else {
            fitting.leave();
          }
        });
    return fitting.mapping();
  }

  private @Nullable Tree wrongKind(Tree tree, String allowed, KeyPath path) {
    return wrongKind(tree, allowed, path, "");
  }

  private @Nullable Tree wrongKind(Tree tree, String allowed, KeyPath path, String help) {
    String message = "must be %s, not %s".formatted(allowed, tree.kind());
    boolean listed =
        tree instanceof Tree.Sequence list
            && list.items().stream().allMatch(Tree.Mapping.class::isInstance);
    String way = listed && allowed.equals("a map") ? "leave out the '-' before its keys" : help;
    problems.error("wrong-type", tree.place(), path, message, way);
    return null;
  }

  /// What a map would hold.
  private static String keysOf(KeyTable table) {
    List<String> keys = List.copyOf(table.keys().keySet());
    boolean all = keys.size() <= KEYS_SHOWN_MAX;
    String shown = String.join(", ", all ? keys : keys.subList(0, KEYS_SHOWN_MAX));
    return "its keys: " + shown + (all ? "" : ", …");
  }

  /// How a text becomes a list.
  private static String listOf(Tree tree) {
    if (!(tree instanceof Tree.Scalar scalar)) {
      return "";
    }
    List<String> words = List.of(BETWEEN.split(scalar.text()));
    boolean simple =
        words.size() <= KEYS_SHOWN_MAX
            && words.stream().allMatch(word -> SIMPLE.matcher(word).matches());
    return scalar.text().contains(" - ")
        ? "write '- ' before each item, also before the first"
        : simple ? "write a list: [%s]".formatted(String.join(", ", words)) : "";
  }
}
