package dev.coffey.config;

import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.Listener;
import dev.coffey.spec.Listener.Transport;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads addresses: `8080`, `127.0.0.1:8080`, `[::1]:53/udp`, `/run/web.sock`.
final class ListenerReader {
  private static final int PORT_MAX = 65_535;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:(tcp|udp):)?(?:([A-Za-z0-9_.-]*|\\[[0-9A-Fa-f:.]+]):)?([0-9]{1,5})(?:/(tcp|udp))?");

  private final Problems problems;

  ListenerReader(Problems problems) {
    this.problems = problems;
  }

  /// The address; nothing when it makes no sense, which is reported.
  Optional<Listener> read(String text, Place place, Object path) {
    String plain = text.startsWith("unix:") ? text.substring("unix:".length()) : text;
    if (plain.startsWith("/")) {
      return Optional.of(new Listener(Transport.UNIX, "", 0, plain));
    }
    Matcher address = ADDRESS.matcher(plain);
    int port = address.matches() ? Integer.parseInt(address.group(3)) : 0;
    if (port < 1 || port > PORT_MAX) {
      String message = "must have a port from 1 to %d, not '%s'".formatted(PORT_MAX, text);
      problems.error("out-of-range", place, path, message, "");
      return Optional.empty();
    }
    boolean udp = "udp".equals(address.group(1)) || "udp".equals(address.group(4));
    String host = address.group(2) == null ? "" : address.group(2);
    return Optional.of(new Listener(udp ? Transport.UDP : Transport.TCP, host, port, ""));
  }
}
