package dev.coffey.config.keys;

import dev.coffey.config.keys.Shape.Choice;
import dev.coffey.config.keys.Shape.Entries;
import dev.coffey.config.keys.Shape.Fields;
import dev.coffey.config.keys.Shape.Items;
import dev.coffey.config.keys.Shape.OrNone;
import dev.coffey.config.keys.Shape.Size;
import dev.coffey.config.keys.Shape.Text;
import dev.coffey.config.keys.Shape.Whole;
import java.util.List;
import java.util.Map;

/// The keys of `coffey:`, the daemon itself.
public final class DaemonKeys {
  private static final Shape PATH = new Text(Grammar.PATH);
  private static final Shape LISTENER = new Text(Grammar.LISTENER);
  private static final long LONG = Long.MAX_VALUE;

  private static final KeyTable LOG =
      KeyTable.of(
          "log",
          List.of(
              Key.of("path", PATH, "a file for the daemon's own log").daemon(),
              Key.of("console", Shape.FLAG, "whether it is also written to standard error")
                  .or("true")
                  .daemon(),
              Key.of("level", level(), "how much is written").or("info").daemon(),
              Key.of("format", Shape.words("text", "json"), "how a line looks")
                  .or("text")
                  .daemon()));

  private static final KeyTable LOGS =
      KeyTable.of(
          "logs.total",
          List.of(
              Key.of("dir", PATH, "services' output, one directory per service")
                  .orAs("/var/log/coffey; as an ordinary user logs below state_dir's default")
                  .daemon(),
              Key.of(
                      "max_total",
                      new Size(1 << 20, LONG),
                      "budget over all services; the oldest segments go first")
                  .or("1GiB")
                  .live()));

  private static final KeyTable BUDGET =
      KeyTable.of(
          "restart_budget",
          List.of(
              Key.of("rate", new Text(Grammar.RATE), "automatic restarts in the long run")
                  .or("20/s")
                  .daemon(),
              Key.of("burst", new Whole(1, 100_000), "automatic restarts at one time")
                  .or("100")
                  .daemon()));

  private static final KeyTable ACCESS =
      KeyTable.of(
              "access",
              List.of(
                  Key.of("role", Shape.words("observer", "operator", "admin"), "what is allowed")
                      .daemon(),
                  Key.of("users", Shape.TEXTS, "names or numbers of users").daemon(),
                  Key.of("groups", Shape.TEXTS, "names or numbers of groups").daemon(),
                  Key.of(
                          "services",
                          new Items(new Text(Grammar.SERVICE_PATTERN)),
                          "for which services; all when left out")
                      .daemon()))
          .requiring("role");

  private static final KeyTable TLS =
      KeyTable.of(
              "tls",
              List.of(
                  Key.of("cert", PATH, "the certificate chain, PEM").daemon(),
                  Key.of("key", PATH, "its private key, PEM").daemon(),
                  Key.of("client_ca", PATH, "who signs the clients' certificates, PEM").daemon()))
          .requiring("cert", "key");

  private static final KeyTable REMOTE =
      KeyTable.of(
              "remote",
              List.of(
                  Key.of("listen", LISTENER, "the address; loopback only without TLS").daemon(),
                  Key.of("tls", new Fields(TLS), "certificates").daemon(),
                  Key.of("tokens_file", PATH, "a file of tokens, one a line").daemon()))
          .requiring("listen");

  private static final KeyTable HTTP =
      KeyTable.of(
              "http",
              List.of(
                  Key.of("listen", LISTENER, "the address of REST, dashboard and metrics").daemon(),
                  Key.of("tls", new Fields(TLS), "certificates").daemon(),
                  Key.of("token_file", PATH, "a file with the token").daemon()))
          .requiring("listen");

  private static final KeyTable HISTORY =
      KeyTable.of(
          "history",
          List.of(
              Key.of("path", PATH, "the SQLite file").orAs("history.db in state_dir").daemon(),
              Key.of("keep", Shape.SPAN_POSITIVE, "how long events are kept").or("90d").daemon()));

  private static final KeyTable CONTAINER =
      KeyTable.of(
          "container",
          List.of(
              Key.of("exit_with", Shape.SERVICE, "whose exit code becomes the daemon's").daemon()));

  /// The keys of `coffey:`.
  public static final KeyTable COFFEY =
      KeyTable.of(
          "coffey",
          List.of(
              Key.of("socket", PATH, "control socket; made private, then given group and mode")
                  .orAs("/run/coffey.sock; as an ordinary user $XDG_RUNTIME_DIR/coffey/coffey.sock")
                  .daemon(),
              Key.of("socket_group", new Text(Grammar.GROUP), "the group that may connect")
                  .daemon(),
              Key.of("socket_mode", new Text(Grammar.OCTAL), "who may connect at all")
                  .orAs("0660 with a group, else 0600")
                  .daemon(),
              Key.of("pid_file", PATH, "held with an exclusive lock for life")
                  .orAs("/run/coffey.pid; as an ordinary user $XDG_RUNTIME_DIR/coffey/coffey.pid")
                  .formerly("pidfile")
                  .daemon(),
              Key.of("runtime_dir", PATH, "pipes, notify sockets, the ledger of live processes")
                  .orAs("/run/coffey; as an ordinary user $XDG_RUNTIME_DIR/coffey")
                  .daemon(),
              Key.of("state_dir", PATH, "desired states and history; locked for life")
                  .orAs("/var/lib/coffey; as an ordinary user $XDG_STATE_HOME/coffey")
                  .daemon(),
              Key.of("log", new Fields(LOG), "the daemon's own log").daemon(),
              Key.of("logs", new Fields(LOGS), "where services' output is kept").daemon(),
              Key.of("shutdown_timeout", Shape.SPAN_POSITIVE, "after it everything left is killed")
                  .or("30s")
                  .live(),
              Key.of(
                      "start_parallelism",
                      new Whole(1, 100_000),
                      "services between launch and ready at one time")
                  .orAs("4 × processors, at least 8")
                  .live(),
              Key.of(
                      "restart_budget",
                      new Fields(BUDGET),
                      "token bucket over all automatic restarts")
                  .live(),
              Key.of("access", new Items(new Fields(ACCESS)), "who may do what")
                  .orAs("root and the daemon's own user are admin, all others observe")
                  .daemon(),
              Key.of("remote", new OrNone(new Fields(REMOTE)), "gRPC over TCP").daemon(),
              Key.of(
                      "http",
                      new OrNone(new Fields(HTTP)),
                      "REST, dashboard, metrics, live and ready")
                  .daemon(),
              Key.of("history", new Fields(HISTORY), "configuration versions, events, audit")
                  .daemon(),
              Key.of("notify", SinkKeys.SINKS, "sinks for events").live(),
              Key.of("container", new Fields(CONTAINER), "life as PID 1 of a container").daemon(),
              Key.of("set", settings(), "values set last, as by --set").live()));

  private DaemonKeys() {}

  private static Shape level() {
    return new Choice(
        List.of("error", "warn", "info", "debug", "trace"), Map.of("warning", "warn"), "");
  }

  private static Shape settings() {
    return Shape.byKind(
        new Items(new Text(Grammar.SETTING)), new Entries(Shape.FILLED, Shape.TEXT));
  }
}
