package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.Listener;
import dev.coffey.spec.SocketSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the sockets that are opened for a service.
final class SocketReader {
  private static final int PATH_BYTES_MAX = 107;

  /// Looking up a name could hold up every launch.
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]*|localhost|\\[[0-9A-Fa-f:.]+]");

  private final Problems problems;

  SocketReader(Problems problems) {
    this.problems = problems;
  }

  List<SocketSpec> read(Values values) {
    List<SocketSpec> sockets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int index = 0;
    for (Tree item : values.items("sockets")) {
      if (item instanceof Tree.Mapping mapping) {
        Values socket = values.itemFields("sockets", index, mapping);
        String name = socket.has("name") ? socket.text("name") : "socket" + index;
        int mode = Integer.parseInt(socket.text("mode"), 8);
        boolean onDemand = socket.flag("on_demand");
        listen(socket).ifPresent(at -> sockets.add(new SocketSpec(name, at, mode, onDemand)));
        if (!names.add(name)) {
          report(socket, "name", "another socket is named '%s'".formatted(name));
        }
      }
      index++;
    }
    return sockets;
  }

  /// The address; nothing where it was refused before.
  private Optional<Listener> listen(Values socket) {
    return socket.has("listen")
        ? new ListenerReader(problems)
            .read(socket.text("listen"), socket.placeOf("listen"), socket.path().key("listen"))
            .filter(at -> canBeOpened(at, socket))
        : Optional.empty();
  }

  private boolean canBeOpened(Listener at, Values socket) {
    if (!NUMERIC.matcher(at.host()).matches()) {
      report(
          socket,
          "listen",
          "the address must be a number or localhost, not '%s'".formatted(at.host()));
      return false;
    }
    if (at.path().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
      report(
          socket,
          "listen",
          "the path of a Unix socket has at most %d bytes".formatted(PATH_BYTES_MAX));
      return false;
    }
    return true;
  }

  private void report(Values values, String key, String message) {
    problems.error("bad-socket", values.placeOf(key), values.path().key(key), message, "");
  }
}
