package dev.coffey.config.keys;

import dev.coffey.config.keys.KeyTable.Own;
import dev.coffey.config.keys.Shape.Fields;
import dev.coffey.config.keys.Shape.Items;
import dev.coffey.config.keys.Shape.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The keys of a notification sink.
final class SinkKeys {
  private static final KeyTable SINK =
      KeyTable.of(
              "sink",
              List.of(
                  Key.of("name", new Text(Grammar.WORD), "what services call it").live(),
                  Key.of(
                          "type",
                          Shape.words("log", "webhook", "exec", "slack", "mattermost", "discord"),
                          "where events go")
                      .live(),
                  Key.of("url", new Text(Grammar.URL), "where it is posted").live(),
                  Key.of("command", Shape.COMMAND, "what is run").live(),
                  Key.of("events", new Items(Shape.FILLED), "patterns of topics")
                      .or("['service.failed', 'service.crash-loop']")
                      .live(),
                  Key.of("template", Shape.FILLED, "the text, with ${…} for the event's fields")
                      .live()))
          .requiring("name", "type")
          .varying("type", variants());

  /// A list of sinks.
  static final Shape SINKS = new Items(new Fields(SINK));

  private SinkKeys() {}

  private static SequencedMap<String, Own> variants() {
    LinkedHashMap<String, Own> own = new LinkedHashMap<>();
    own.put("log", new Own(List.of(), List.of()));
    own.put("exec", new Own(List.of("command"), List.of()));
    for (String type : List.of("webhook", "slack", "mattermost", "discord")) {
      own.put(type, new Own(List.of("url"), List.of()));
    }
    return own;
  }
}
