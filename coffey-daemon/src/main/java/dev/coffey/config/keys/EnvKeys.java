package dev.coffey.config.keys;

import dev.coffey.config.keys.Shape.Entries;
import dev.coffey.config.keys.Shape.Fields;
import dev.coffey.config.keys.Shape.Items;
import dev.coffey.config.keys.Shape.Text;
import java.util.List;

/// The keys of a service's environment.
final class EnvKeys {
  private static final Shape ENV =
      Shape.byKind(
          new Items(new Text(Grammar.ASSIGNMENT)),
          new Entries(new Text(Grammar.ENV_NAME), Shape.TEXT));

  private static final KeyTable FILE =
      KeyTable.of(
              "env_file",
              List.of(
                  Key.of("path", new Text(Grammar.PATH), "a file of NAME=value lines"),
                  Key.of("required", Shape.FLAG, "whether it must exist").or("true")))
          .requiring("path");

  private static final KeyTable SECRET =
      KeyTable.of(
              "secret",
              List.of(
                  Key.of("name", new Text(Grammar.WORD), "its file's name for the service"),
                  Key.of("file", new Text(Grammar.PATH), "where it is read from")))
          .requiring("name", "file");

  /// The rows of the table of services.
  static final List<Key> ROWS =
      List.of(
          Key.of("env", ENV, "variables; a list of NAME=value or a map")
              .or("{}")
              .formerly("environment"),
          Key.of("env_file", files(), "files of variables, read at each start; -path is optional")
              .or("[]"),
          Key.of(
                  "env_pass",
                  new Items(new Text(Grammar.ENV_NAME)),
                  "variables taken over from the daemon")
              .or("[]"),
          Key.of("env_clear", Shape.FLAG, "leave out PATH, HOME, USER, SHELL, LANG and TZ too")
              .or("false"),
          Key.of("secrets", new Items(new Fields(SECRET)), "files in CREDENTIALS_DIRECTORY")
              .or("[]"));

  private EnvKeys() {}

  private static Shape files() {
    Shape path = new Text(Grammar.PATH);
    return Shape.byKind(path, new Items(Shape.byKind(path, new Fields(FILE))));
  }
}
