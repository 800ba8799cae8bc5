package dev.coffey.config.keys;

import dev.coffey.config.keys.Shape.ByKind;
import dev.coffey.config.keys.Shape.Choice;
import dev.coffey.config.keys.Shape.Entries;
import dev.coffey.config.keys.Shape.Fields;
import dev.coffey.config.keys.Shape.Items;
import dev.coffey.config.keys.Shape.OrNone;
import dev.coffey.config.keys.Shape.Text;
import dev.coffey.config.keys.Shape.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The keys of a service, in the order of a service's life.
public final class ServiceKeys {
  private static final Shape NAME = new Text(Grammar.SERVICE_NAME);
  private static final Shape PATH = new Text(Grammar.PATH);

  /// The keys of a service.
  public static final KeyTable SERVICE = KeyTable.of("service", rows());

  /// The keys of `defaults`: those of a service but for what is one service's own, or has done its
  /// work before defaults come in.
  public static final KeyTable DEFAULTS =
      SERVICE.without(Set.of("name", "override", "interpolate", "profiles", "instances"));

  /// The keys of a whole file.
  public static final KeyTable FILE =
      KeyTable.of(
          "file",
          List.of(
              Key.of("coffey", new Fields(DaemonKeys.COFFEY), "the daemon itself").daemon(),
              Key.of("defaults", new Fields(DEFAULTS), "what services have unless they say more"),
              Key.of("services", services(), "the services: a list, or a map by name"),
              Key.of("profiles", profiles(), "named selections of services").live(),
              Key.of("groups", groups(), "names for several services").live(),
              Key.of("disable", new Items(pattern()), "services that are left out").live()));

  private ServiceKeys() {}

  private static List<Key> rows() {
    List<Key> rows = new ArrayList<>();
    rows.addAll(about());
    rows.addAll(process());
    rows.addAll(EnvKeys.ROWS);
    rows.addAll(CredentialKeys.ROWS);
    rows.addAll(RestartKeys.ROWS);
    rows.addAll(relations());
    rows.addAll(RunKeys.ROWS);
    return rows;
  }

  private static List<Key> about() {
    return List.of(
        Key.of("name", NAME, "unique in the plan").orAs("the key in a map, a drop-in's file stem"),
        Key.of("override", Shape.words("merge", "replace"), "what a second definition does")
            .orAs("a second definition is an error")
            .live(),
        Key.of("interpolate", Shape.FLAG, "whether ${NAME} is replaced in its values")
            .or("true")
            .live(),
        Key.of("description", Shape.TEXT, "shown").or("''").live(),
        Key.of("labels", new Entries(new Text(Grammar.LABEL), Shape.TEXT), "shown and selectable")
            .or("{}")
            .live(),
        Key.of("enabled", Shape.FLAG, "whether it is started at boot").or("true").live(),
        Key.of("profiles", new Items(new Text(Grammar.WORD)), "only in these; [] is all")
            .or("[]")
            .live(),
        Key.of("tier", new Text(Grammar.WORD), "starts after all of earlier tiers").live());
  }

  private static List<Key> process() {
    return List.of(
        Key.of("binary", PATH, "what is executed, without a shell; looked up in PATH")
            .orAs("binary or command is required"),
        Key.of("args", Shape.TEXTS, "its arguments, exactly as written").or("[]"),
        Key.of("command", Shape.COMMAND, "binary and arguments in one, split without a shell")
            .orAs("binary or command is required")
            .formerly("cmd", "exec"),
        Key.of("shell", Shape.FLAG, "run the command by /bin/sh -c").or("false"),
        Key.of("type", Shape.words("service", "oneshot"), "a oneshot is done when it exits 0")
            .or("service")
            .live(),
        Key.of("remain_after_exit", Shape.FLAG, "a oneshot that counts as running when done")
            .or("false")
            .live(),
        Key.of("directory", PATH, "working directory")
            .orAs("/ as root, else the configuration's directory")
            .formerly("working_dir", "working_directory", "cwd"),
        Key.of("stdin", Shape.words("null", "pipe"), "null, or writable by coffeyctl send")
            .or("'null'"),
        Key.of("tty", Shape.FLAG, "run on a pseudo terminal").or("false"),
        Key.of(
                "backend",
                new ByKind(List.of(Shape.words("process"), BackendKeys.BACKEND)),
                "who runs it")
            .or("process"));
  }

  private static List<Key> relations() {
    return List.of(
        Key.of("depends_on", dependencies(), "what must be there first").or("[]").live(),
        Key.of("before", Shape.SERVICES, "starts before these, without being required")
            .or("[]")
            .live(),
        Key.of("after", Shape.SERVICES, "starts after these, without requiring them")
            .or("[]")
            .live(),
        Key.of("binds_to", Shape.SERVICES, "requires these, and stops when they leave running")
            .or("[]")
            .live());
  }

  private static Shape dependencies() {
    Shape reaction = Shape.words("stop", "restart", "ignore");
    KeyTable on =
        KeyTable.of(
            "on",
            List.of(
                Key.of("stop", reaction, "it was stopped by hand").or("stop").live(),
                Key.of("crash", reaction, "it ended unasked").or("ignore").live(),
                Key.of("unhealthy", reaction, "its readiness went").or("ignore").live(),
                Key.of("restart", reaction, "it was restarted by hand").or("ignore").live()));
    List<Key> rows =
        List.of(
            Key.of("name", NAME, "the other service").live(),
            Key.of("condition", condition(), "what it must have reached")
                .orAs("healthy with a readiness check, completed for a oneshot, else started")
                .live(),
            Key.of("optional", Shape.FLAG, "orders, but does not block").or("false").live(),
            Key.of("on", new Fields(on), "what becomes of this service").live());
    Shape named = new Fields(KeyTable.of("dependency", rows).requiring("name"));
    KeyTable unnamed = KeyTable.of("dependency", rows.subList(1, rows.size()));
    return Shape.byKind(
        new Items(Shape.byKind(NAME, named)), new Entries(NAME, new Fields(unnamed)));
  }

  private static Shape condition() {
    return new Choice(
        List.of("started", "healthy", "completed"),
        Map.of(
            "service_started", "started",
            "service_healthy", "healthy",
            "service_completed_successfully", "completed"),
        "");
  }

  private static Shape services() {
    return Shape.byKind(
        new Entries(NAME, new Fields(SERVICE)), new Items(new Fields(SERVICE.requiring("name"))));
  }

  private static Shape profiles() {
    return new Entries(new Text(Grammar.WORD), Shape.byKind(pattern(), new Items(pattern())));
  }

  private static Shape groups() {
    return new Entries(new Text(Grammar.WORD), Shape.SERVICES);
  }

  private static Shape pattern() {
    return new Text(Grammar.SERVICE_PATTERN);
  }

  /// Numbers and names of signals.
  static Shape codes() {
    return new Items(new Text(Grammar.CODE));
  }

  /// A signal's name.
  static Shape signal() {
    return new Choice(KernelWords.SIGNALS, KernelWords.REAL_TIME_SIGNALS, "SIG");
  }

  /// `none` or a duration.
  static Shape spanOrNone() {
    return new OrNone(Shape.SPAN_POSITIVE);
  }

  /// A count from `min`.
  static Shape count(long min) {
    return new Whole(min, 1_000_000);
  }
}
