package dev.coffey.spec;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the world reaches the daemon beyond its socket, and how the daemon tells the world.
///
/// @param access rules in the order in which they are asked; none means the usual ones
/// @param exitWith the service whose exit code becomes the daemon's; may be empty
public record Doors(
    List<AccessRule> access,
    @Nullable Remote remote,
    @Nullable Http http,
    History history,
    List<Sink> sinks,
    String exitWith) {
  public Doors {
    access = List.copyOf(access);
    sinks = List.copyOf(sinks);
  }

  /// Only the socket.
  public static Doors closed(History history) {
    return new Doors(List.of(), null, null, history, List.of(), "");
  }

  /// The same with other sinks.
  Doors telling(List<Sink> others) {
    return new Doors(access, remote, http, history, others, exitWith);
  }

  /// Who may do what.
  ///
  /// @param role `observer`, `operator` or `admin`
  /// @param services patterns; none means all
  public record AccessRule(
      String role, List<String> users, List<String> groups, List<String> services) {
    public AccessRule {
      users = List.copyOf(users);
      groups = List.copyOf(groups);
      services = List.copyOf(services);
    }
  }

  /// Certificates; `clientCa` may be empty.
  public record Tls(String cert, String key, String clientCa) {}

  /// gRPC over TCP.
  public record Remote(Listener listen, @Nullable Tls tls, String tokensFile) {}

  /// REST, dashboard and metrics.
  public record Http(Listener listen, @Nullable Tls tls, String tokenFile) {}

  /// Where versions, events and audit are kept, and for how long.
  ///
  /// @param path empty for the usual place
  public record History(String path, Duration keep) {
    /// Ninety days in the usual place.
    public static final History USUAL = new History("", Duration.ofDays(90));
  }

  /// Where events are sent.
  ///
  /// @param type `log`, `webhook`, `exec`, `slack`, `mattermost` or `discord`
  /// @param events patterns of topics
  public record Sink(
      String name,
      String type,
      String url,
      @Nullable Command command,
      List<String> events,
      String template) {
    public Sink {
      events = List.copyOf(events);
    }
  }
}
