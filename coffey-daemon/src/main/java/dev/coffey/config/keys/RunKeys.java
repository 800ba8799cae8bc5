package dev.coffey.config.keys;

import dev.coffey.config.keys.Shape.Fields;
import dev.coffey.config.keys.Shape.Items;
import dev.coffey.config.keys.Shape.Size;
import dev.coffey.config.keys.Shape.Text;
import dev.coffey.config.keys.Shape.Whole;
import java.util.List;

/// The keys of what surrounds a run: sockets, time, files, hooks, logs.
final class RunKeys {
  private static final Shape WORD = new Text(Grammar.WORD);
  private static final Shape LISTENER = new Text(Grammar.LISTENER);

  private static final KeyTable SOCKET =
      KeyTable.of(
              "socket",
              List.of(
                  Key.of("name", WORD, "its name in LISTEN_FDNAMES"),
                  Key.of("listen", LISTENER, "the address"),
                  Key.of("mode", new Text(Grammar.OCTAL), "of a Unix socket").or("'0666'"),
                  Key.of("on_demand", Shape.FLAG, "launch at the first connection").or("false")))
          .requiring("listen");

  private static final KeyTable SCHEDULE =
      KeyTable.of(
          "schedule",
          List.of(
              Key.of("cron", Shape.FILLED, "five fields").live(),
              Key.of("every", Shape.SPAN_POSITIVE, "a steady rhythm").live(),
              Key.of("timezone", Shape.FILLED, "of the cron fields").orAs("the system's").live(),
              Key.of("overlap", Shape.words("skip", "queue", "replace"), "when still running")
                  .or("skip")
                  .live(),
              Key.of("catch_up", Shape.words("one", "none"), "missed while the daemon was down")
                  .or("one")
                  .live(),
              Key.of("jitter", Shape.SPAN, "later by chance, up to this").or("0s").live()));

  private static final KeyTable WATCH =
      KeyTable.of(
          "watch",
          List.of(
              Key.of("include", Shape.TEXTS, "patterns of files that matter").or("[]").live(),
              Key.of("ignore", Shape.TEXTS, "patterns of files that do not").or("[]").live(),
              Key.of("shared", Shape.TEXTS, "directories that several services share")
                  .or("[]")
                  .live(),
              Key.of("debounce", Shape.SPAN, "quiet time before it acts").or("300ms").live()));

  private static final KeyTable HOOK =
      KeyTable.of(
              "hook",
              List.of(
                  Key.of("command", Shape.COMMAND, "what is run").live(),
                  Key.of("shell", Shape.FLAG, "run it by /bin/sh -c").or("false").live(),
                  Key.of("timeout", Shape.SPAN_POSITIVE, "then it is killed").or("30s").live()))
          .requiring("command");

  private static final Shape HOOK_SHAPE =
      Shape.byKind(Shape.FILLED, new Items(Shape.TEXT), new Fields(HOOK));

  private static final KeyTable HOOKS =
      KeyTable.of(
          "hooks",
          List.of(
              Key.of("pre_start", HOOK_SHAPE, "blocks; failing it fails the start").live(),
              Key.of("post_start", HOOK_SHAPE, "when it is ready").live(),
              Key.of("pre_stop", HOOK_SHAPE, "before the signal").live(),
              Key.of("post_stop", HOOK_SHAPE, "gets the exit status").live()));

  private static final KeyTable LOGS =
      KeyTable.of(
          "logs",
          List.of(
              Key.of("segment", new Size(4096, 1L << 40), "size of one file").or("10MiB").live(),
              Key.of("keep", new Whole(1, 100_000), "files that are kept").or("5").live(),
              Key.of("max_age", ServiceKeys.spanOrNone(), "older ones go").live(),
              Key.of("pressure", Shape.words("block", "drop_oldest"), "when the disk is too slow")
                  .or("block")
                  .live(),
              Key.of("streams", new Items(Shape.words("stdout", "stderr")), "what is kept")
                  .or("[stdout, stderr]"),
              Key.of("line_max", new Size(256, 1 << 20), "longer lines are split")
                  .or("64KiB")
                  .live()));

  private static final KeyTable DEPLOY =
      KeyTable.of(
          "deploy",
          List.of(
              Key.of("steps", new Items(Shape.COMMAND), "commands, one after the other")
                  .or("[]")
                  .live(),
              Key.of("rollback", new Items(Shape.COMMAND), "commands when a step fails")
                  .or("[]")
                  .live(),
              Key.of("repo", Shape.FILLED, "where the code comes from").live(),
              Key.of("branch", Shape.FILLED, "which branch").live(),
              Key.of("require_confirmation", Shape.FLAG, "ask before the first step")
                  .or("false")
                  .live(),
              Key.of("step_timeout", Shape.SPAN_POSITIVE, "of one step").or("10m").live()));

  /// The rows of the table of services.
  static final List<Key> ROWS =
      List.of(
          Key.of("instances", instances(), "a number or a list of names: web@1, web@2").or("1"),
          Key.of("port_base", new Whole(1, 65535), "PORT of the first instance, the next one more"),
          Key.of("listen", Shape.byKind(LISTENER, new Items(LISTENER)), "ports the service owns")
              .or("[]")
              .live(),
          Key.of("sockets", new Items(new Fields(SOCKET)), "opened by the daemon and passed")
              .or("[]"),
          Key.of(
                  "schedule",
                  Shape.byKind(Shape.FILLED, new Fields(SCHEDULE)),
                  "starts at these times")
              .live(),
          Key.of("watch", new Fields(WATCH), "restarts when files change").live(),
          Key.of("hooks", new Fields(HOOKS), "commands around start and stop").live(),
          Key.of("logs", new Fields(LOGS), "how output is kept").live(),
          Key.of("deploy", new Fields(DEPLOY), "how a new version comes in").live(),
          Key.of("notify", new Items(WORD), "names of sinks").orAs("all sinks").live(),
          Key.of("survive_daemon", Shape.FLAG, "left running for adoption by the next daemon")
              .orAs("true on crash and upgrade, false on shutdown")
              .live());

  private RunKeys() {}

  private static Shape instances() {
    return Shape.byKind(new Whole(1, 1000), new Items(WORD));
  }
}
