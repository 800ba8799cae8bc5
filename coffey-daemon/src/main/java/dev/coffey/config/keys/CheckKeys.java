package dev.coffey.config.keys;

import dev.coffey.config.keys.KeyTable.Own;
import dev.coffey.config.keys.Shape.Entries;
import dev.coffey.config.keys.Shape.Fields;
import dev.coffey.config.keys.Shape.Text;
import dev.coffey.config.keys.Shape.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The keys of a service's health checks.
final class CheckKeys {
  private static final Shape COUNT = new Whole(1, 1000);

  /// What a probe may look at while a service runs.
  private static final List<String> ANY_TIME =
      List.of("http", "tcp", "unix", "exec", "grpc", "file");

  /// The keys of `healthcheck:`.
  static final KeyTable HEALTH =
      KeyTable.of(
          "healthcheck",
          List.of(
              Key.of(
                      "startup",
                      new Fields(check("startup", "500ms")),
                      "holds the other two back until its first success")
                  .live(),
              Key.of(
                      "readiness",
                      new Fields(check("readiness", "5s")),
                      "whether dependents may start")
                  .live(),
              Key.of(
                      "liveness",
                      new Fields(check("liveness", "10s")),
                      "acts when it fails too often")
                  .live()));

  private CheckKeys() {}

  private static KeyTable check(String kind, String interval) {
    List<String> types = new ArrayList<>(ANY_TIME);
    if (kind.equals("readiness")) {
      types.addAll(List.of("log", "notify", "fd"));
    }
    List<Key> rows = new ArrayList<>();
    rows.add(Key.of("type", Shape.words(types.toArray(String[]::new)), "what is looked at").live());
    rows.addAll(ownKeys());
    rows.addAll(rhythm(kind, interval));
    return KeyTable.of("check", rows).requiring("type").varying("type", variants(types));
  }

  private static List<Key> ownKeys() {
    return List.of(
        Key.of("url", new Text(Grammar.URL), "http: what is asked for").live(),
        Key.of("method", Shape.words("GET", "HEAD", "POST", "PUT", "OPTIONS"), "http: the method")
            .or("GET")
            .live(),
        Key.of(
                "headers",
                new Entries(new Text(Grammar.HEADER_NAME), new Text(Grammar.HEADER_VALUE)),
                "http: headers that are sent")
            .or("{}")
            .live(),
        Key.of("status", new Text(Grammar.STATUS), "http: the codes that are good")
            .or("2xx")
            .live(),
        Key.of("body", new Text(Grammar.PATTERN), "http: what the body must contain").live(),
        Key.of("address", new Text(Grammar.ADDRESS), "tcp, grpc: host:port").live(),
        Key.of("path", new Text(Grammar.PATH), "unix: the socket; file: what must exist").live(),
        Key.of("command", Shape.COMMAND, "exec: good when it exits 0").live(),
        Key.of("shell", Shape.FLAG, "exec: run the command by /bin/sh -c").or("false").live(),
        Key.of("service", Shape.TEXT, "grpc: the service asked about").or("''").live(),
        Key.of("pattern", new Text(Grammar.PATTERN), "log: what a line must contain").live());
  }

  private static List<Key> rhythm(String kind, String interval) {
    List<Key> rows = new ArrayList<>();
    rows.add(
        Key.of("interval", Shape.SPAN_POSITIVE, "between two probes")
            .orAs(kind.equals("readiness") ? "500ms before the first success, then 5s" : interval)
            .live());
    rows.add(Key.of("timeout", Shape.SPAN_POSITIVE, "of one probe").or("2s").live());
    rows.add(Key.of("initial_delay", Shape.SPAN, "before the first probe").or("0s").live());
    rows.add(Key.of("success_threshold", COUNT, "successes in a row").or("1").live());
    rows.add(
        Key.of("failure_threshold", COUNT, "failures in a row; fewer are degraded").or("3").live());
    if (kind.equals("liveness")) {
      rows.add(
          Key.of(
                  "action",
                  Shape.words("restart", "stop", "none", "shutdown"),
                  "what is done at the failure threshold")
              .or("restart")
              .live());
    }
    return rows;
  }

  private static SequencedMap<String, Own> variants(List<String> types) {
    LinkedHashMap<String, Own> own = new LinkedHashMap<>();
    own.put("http", new Own(List.of("url"), List.of("method", "headers", "status", "body")));
    own.put("tcp", new Own(List.of("address"), List.of()));
    own.put("unix", new Own(List.of("path"), List.of()));
    own.put("exec", new Own(List.of("command"), List.of("shell")));
    own.put("grpc", new Own(List.of("address"), List.of("service")));
    own.put("file", new Own(List.of("path"), List.of()));
    own.put("log", new Own(List.of("pattern"), List.of()));
    own.put("notify", new Own(List.of(), List.of()));
    own.put("fd", new Own(List.of(), List.of()));
    own.keySet().retainAll(types);
    return own;
  }
}
