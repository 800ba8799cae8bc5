package dev.coffey.config.lint;

import dev.coffey.spec.Command;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.Features;
import dev.coffey.spec.Listener;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.SocketSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules that look at several services, or at the daemon itself.
final class WholeRules {
  private static final int SOCKET_BYTES_MAX = 107;
  private static final int OTHERS = 0006;
  private static final int PORT_MAX = 65_535;
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

  /// Hosts that stand for all addresses of the machine.
  private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "[::]");

  private static final Pattern REDIRECT = Pattern.compile("[0-9]?>>?\\s*([^\\s;&|>'\"]+)");

  private WholeRules() {}

  /// An address somebody claims, and the key that says so.
  private record Claim(Listener at, String key, String service) {
    boolean collidesWith(Claim other) {
      return !service.equals(other.service)
          && (at.host().equals(other.at.host())
              || EVERYWHERE.contains(at.host())
              || EVERYWHERE.contains(other.at.host()));
    }

    /// What two claims must share to collide.
    String spot() {
      return at.transport() + at.path() + at.port();
    }

    String shown() {
      return at.transport() == Listener.Transport.UNIX
          ? "'%s'".formatted(at.path())
          : "port %d".formatted(at.port());
    }
  }

  static void portTwice(Subject subject) {
    Map<String, List<Claim>> taken = new HashMap<>();
    for (Subject.Service service : subject.services().values()) {
      for (Claim claim : claims(service)) {
        List<Claim> earlier = taken.computeIfAbsent(claim.spot(), _ -> new ArrayList<>(1));
        for (Claim other : earlier) {
          if (claim.collidesWith(other)) {
            service.warn(
                "port-twice",
                claim.key(),
                "%s is also that of '%s'".formatted(claim.shown(), other.service()),
                "give each its own");
            break;
          }
        }
        earlier.add(claim);
      }
    }
  }

  private static List<Claim> claims(Subject.Service service) {
    List<Claim> claims = new ArrayList<>();
    Features features = service.spec().features();
    for (Listener at : features.around().listen()) {
      claims.add(new Claim(at, "listen", service.name()));
    }
    for (SocketSpec socket : features.given().sockets()) {
      claims.add(new Claim(socket.listener(), "sockets", service.name()));
    }
    String text = service.spec().exec().env().set().getOrDefault("PORT", "");
    int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    boolean claimed = false;
    for (Claim claim : claims) {
      claimed |= claim.at().port() == port;
    }
    if (!claimed && port > 0 && port <= PORT_MAX) {
      Listener at = new Listener(Listener.Transport.TCP, "", port, "");
      claims.add(new Claim(at, "env", service.name()));
    }
    return claims;
  }

  static void logTwice(Subject subject) {
    Map<String, String> writers = new HashMap<>();
    for (Subject.Service service : subject.services().values()) {
      Command command = service.spec().exec().command();
      if (!CommandRules.isShell(command)) {
        continue;
      }
      Matcher redirect = REDIRECT.matcher(String.join(" ", command.args()));
      while (redirect.find()) {
        String file = redirect.group(1);
        String other = file.startsWith("/dev/") ? null : writers.put(file, service.name());
        if (other != null && !other.equals(service.name())) {
          service.warn(
              "log-twice",
              "command",
              "'%s' writes to '%s' too".formatted(other, file),
              "give each its own file, or leave the output to Coffey");
        }
      }
    }
  }

  static void sameCommand(Subject subject) {
    Map<Command, List<ServiceSpec>> commands = new HashMap<>();
    for (Subject.Service service : subject.services().values()) {
      ServiceSpec spec = service.spec();
      List<ServiceSpec> alike =
          commands.computeIfAbsent(spec.exec().command(), _ -> new ArrayList<>(1));
      ServiceSpec other = null;
      for (int i = 0; i < alike.size() && other == null; i++) {
        other = runsTheSame(alike.get(i).exec(), spec.exec()) ? alike.get(i) : null;
      }
      if (other == null) {
        alike.add(spec);
      } else if (!other.name().base().equals(spec.name().base())) {
        service.warn(
            "same-command",
            service.values().has("binary") ? "binary" : "command",
            "it is exactly what '%s' runs".formatted(other.name()),
            "remove one, or use instances");
      }
    }
  }

  private static boolean runsTheSame(ExecSpec one, ExecSpec other) {
    return one.directory().equals(other.directory())
        && one.env().set().equals(other.env().set())
        && one.credentials().equals(other.credentials());
  }

  static void shutdownBelowUsualStop(Subject subject) {
    Duration shutdown = subject.daemon().limits().shutdownTimeout();
    boolean below =
        subject.services().values().stream()
            .filter(service -> service.spec().stop().timeout().compareTo(shutdown) > 0)
            .anyMatch(service -> !service.values().fields("stop").has("timeout"));
    if (below) {
      warn(
          subject,
          "stop-above-shutdown",
          "shutdown_timeout",
          "it is shorter than the time that services have to stop by default",
          "raise it, or lower defaults.stop.timeout");
    }
  }

  static void logInsideLogs(Subject subject) {
    DaemonSpec daemon = subject.daemon();
    boolean inside =
        !daemon.log().path().isEmpty()
            && Path.of(daemon.log().path()).startsWith(daemon.directories().logs());
    if (inside) {
      warn(
          subject,
          "log-inside-logs",
          "log",
          "the daemon's own log lies in logs.dir, where services' logs are removed by budget",
          "keep it elsewhere");
    }
  }

  static void stateInTemporary(Subject subject) {
    Path state = subject.daemon().directories().state();
    if (subject.coffey().has("state_dir")
        && (state.startsWith("/tmp") || state.startsWith("/run"))) {
      warn(
          subject,
          "state-not-kept",
          "state_dir",
          "'%s' is emptied when the machine starts".formatted(state),
          "use a directory that is kept");
    }
  }

  static void socketTooLong(Subject subject) {
    String socket = subject.daemon().control().socket().toString();
    int bytes = socket.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > SOCKET_BYTES_MAX) {
      var coffey = subject.coffey();
      subject
          .problems()
          .error(
              "socket-too-long",
              coffey.placeOf("socket"),
              coffey.path().key("socket"),
              "a socket's path must have at most %d bytes, not %d"
                  .formatted(SOCKET_BYTES_MAX, bytes),
              "choose a shorter one");
    }
  }

  static void openSocket(Subject subject) {
    if ((subject.daemon().control().mode() & OTHERS) != 0) {
      warn(
          subject,
          "open-socket",
          "socket_mode",
          "everybody on this machine may connect to the daemon",
          "use 0660 with socket_group");
    }
  }

  private static void warn(Subject subject, String code, String key, String message, String help) {
    var coffey = subject.coffey();
    subject.problems().warning(code, coffey.placeOf(key), coffey.path().key(key), message, help);
  }
}
