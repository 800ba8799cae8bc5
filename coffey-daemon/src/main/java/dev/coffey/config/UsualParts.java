package dev.coffey.config;

import dev.coffey.config.keys.KeyTable;
import dev.coffey.config.keys.ServiceKeys;
import dev.coffey.config.keys.Values;
import dev.coffey.spec.About;
import dev.coffey.spec.Credentials;
import dev.coffey.spec.Features;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ResourceSpec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parts of a spec that most services say nothing of: read once, and shared by all services
/// that leave their keys out.
final class UsualParts {
  private final Map<String, Part<?>> parts = new HashMap<>();
  private int turn;

  final Part<About> about = new Part<>("description", "labels", "tier");
  final Part<Credentials> credentials =
      new Part<>("user", "group", "groups", "no_new_privileges", "capabilities");
  final Part<ResourceSpec> resources =
      new Part<>("umask", "nice", "ionice", "oom_score_adj", "limits", "cgroup");
  final Part<RestartReader.Ends> ends =
      new Part<>("success_codes", "permanent_failure_codes", "give_up", "on_failure");
  final Part<LogSpec> logs = new Part<>("logs");
  final Part<Features> features =
      new Part<>(
          "sockets",
          "secrets",
          "backend",
          "listen",
          "schedule",
          "watch",
          "hooks",
          "deploy",
          "notify",
          "survive_daemon");

  /// Turns to another service.
  void turnTo(Values values) {
    turn++;
    for (String key : values.written().fields().keySet()) {
      Part<?> part = parts.get(key);
      if (part != null) {
        part.written = turn;
      }
    }
  }

  /// What is made of some keys.
  final class Part<T> {
    private final KeyTable keys;
    private int written;
    private @Nullable T usual;

    Part(String... keys) {
      this.keys = ServiceKeys.SERVICE.only(keys);
      for (String key : keys) {
        parts.put(key, this);
      }
    }

    /// What is already known, for a service that writes none of the keys.
    @Nullable T known() {
      return written == turn ? null : usual;
    }

    /// The service's values, of which only these keys can be asked for: another one would be passed
    /// over in services that write it.
    Values of(Values values) {
      return new Values(keys, values.written(), values.path());
    }

    /// Keeps what was read for the others, unless it is this service's own.
    T keep(T read) {
      if (written != turn) {
        usual = read;
      }
      return read;
    }
  }
}
