package dev.coffey.config.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/// Builds the tree of one document from the parser's events; anchors, merges and tags end here.
final class TreeBuilder {
  static final int NESTING_MAX = 64;

  /// All values that aliases stand for, counted each time: the bound against "billion laughs".
  static final int ALIASED_VALUES_MAX = 1_000_000;

  private static final String YAML_TAG = "tag:yaml.org,2002:";
  static final Set<String> EMPTY = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TAGS =
      Set.of("!", "!replace", YAML_TAG + "str", YAML_TAG + "seq", YAML_TAG + "map");

  /// A problem was reported after which the rest of the file makes no sense.
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// A value under an anchor, and how many values it holds.
  private record Anchored(Tree tree, long size) {}

  private final Parser parser;
  private final Source source;
  private final Problems problems;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private long values;
  private long aliased;

  TreeBuilder(Parser parser, Source source, Problems problems) {
    this.parser = parser;
    this.source = source;
    this.problems = problems;
  }

  Optional<Tree> document() {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return Optional.empty();
    }
    parser.getEvent();
    Tree tree = value(0);
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      Place place = place(parser.peekEvent().getStartMark());
      stop("several-documents", place, "only one document is allowed in a file", "remove '---'");
    }
    return tree instanceof Tree.Empty ? Optional.empty() : Optional.of(tree);
  }

  private Tree value(int depth) {
    Event event = parser.getEvent();
    Place place = place(event.getStartMark());
    if (depth > NESTING_MAX) {
      stop("too-deep", place, "nested deeper than %d levels".formatted(NESTING_MAX), "");
    }
    values++;
    if (event instanceof AliasEvent alias) {
      return aliased(alias, place);
    }
    String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
    long before = values;
    if (anchor != null) {
      open.add(anchor);
    }
    Tree tree =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, place);
          case SequenceStartEvent start -> sequence(start, place, depth);
          case MappingStartEvent start -> mapping(start, place, depth);
          default -> throw new AssertionError("event " + event);
        };
    if (anchor != null) {
      open.remove(anchor);
      anchors.put(anchor, new Anchored(tree, values - before + 1));
    }
    return tree;
  }

  private Tree aliased(AliasEvent alias, Place place) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (open.contains(alias.getAnchor())) {
      throw stop(
          "recursive-anchor", place, "'*%s' contains itself".formatted(alias.getAnchor()), "");
    }
    if (anchored == null) {
      throw stop(
          "unknown-anchor",
          place,
          "no anchor '&%s' stands above".formatted(alias.getAnchor()),
          NearestWord.help(alias.getAnchor(), anchors.keySet()));
    }
    values += anchored.size();
    aliased += anchored.size();
    if (aliased > ALIASED_VALUES_MAX) {
      String message = "aliases stand for more than %d values".formatted(ALIASED_VALUES_MAX);
      throw stop("too-many-aliases", place, message, "");
    }
    return anchored.tree();
  }

  private Tree scalar(ScalarEvent event, Place place) {
    checkTag(event.getTag(), place);
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN && event.getTag() == null;
    return plain && EMPTY.contains(event.getValue())
        ? new Tree.Empty(place)
        : new Tree.Scalar(event.getValue(), !plain, place);
  }

  private Tree sequence(SequenceStartEvent start, Place place, int depth) {
    checkTag(start.getTag(), place);
    List<Tree> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(value(depth + 1));
    }
    parser.getEvent();
    return new Tree.Sequence(items, "!replace".equals(start.getTag()), place);
  }

  private Tree mapping(MappingStartEvent start, Place place, int depth) {
    checkTag(start.getTag(), place);
    LinkedHashMap<String, Tree.Field> fields = new LinkedHashMap<>();
    List<Tree.Mapping> merged = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      boolean merge =
          parser.peekEvent() instanceof ScalarEvent key
              && key.getValue().equals("<<")
              && key.getScalarStyle() == ScalarStyle.PLAIN;
      Tree key = value(depth + 1);
      Tree value = value(depth + 1);
      if (merge) {
        collectMerged(key.place(), value, merged);
      } else {
        put(fields, key, value);
      }
    }
    parser.getEvent();
    merged.forEach(mapping -> mapping.fields().forEach(fields::putIfAbsent));
    return new Tree.Mapping(fields, "!replace".equals(start.getTag()), place);
  }

  private void put(Map<String, Tree.Field> fields, Tree key, Tree value) {
    String name =
        switch (key) {
          case Tree.Scalar scalar -> scalar.text();
          case Tree.Empty empty -> sourceWord(empty.place());
          case Tree.Sequence _, Tree.Mapping _ -> {
            problems.error(
                "bad-key",
                key.place(),
                "",
                "a key must be text, not " + key.kind(),
                "write a text that begins with '{' or '[' in quotes");
            yield "";
          }
        };
    Tree.Field before = fields.get(name);
    if (before != null) {
      problems.error(
          "duplicate-key",
          key.place(),
          name,
          "key '%s' is written twice".formatted(name),
          "the first is in line %d".formatted(before.place().line()));
      return;
    }
    fields.put(name, new Tree.Field(key.place(), value));
  }

  private static String sourceWord(Place place) {
    String line = place.source().line(place.line());
    return line.startsWith("null", Math.min(line.length(), place.column() - 1)) ? "null" : "~";
  }

  /// @param place of the '<<', since what an anchor stands for is far away and right
  private void collectMerged(Place place, Tree value, List<Tree.Mapping> merged) {
    switch (value) {
      case Tree.Mapping mapping -> merged.add(mapping);
      case Tree.Sequence list -> list.items().forEach(item -> collectMerged(place, item, merged));
      case Tree.Scalar _, Tree.Empty _ ->
          problems.error("bad-merge", place, "<<", "'<<' takes a map, not " + value.kind(), "");
    }
  }

  private void checkTag(@Nullable String tag, Place place) {
    if (tag != null && !TAGS.contains(tag)) {
      String shown = tag.startsWith(YAML_TAG) ? "!!" + tag.substring(YAML_TAG.length()) : tag;
      problems.error(
          "bad-tag", place, "", "tag '%s' is not allowed".formatted(shown), "allowed: !replace");
    }
  }

  private Stopped stop(String code, Place place, String message, String help) {
    problems.error(code, place, "", message, help);
    throw new Stopped();
  }

  private Place place(Mark mark) {
    return new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
