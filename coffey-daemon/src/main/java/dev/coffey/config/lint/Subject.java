package dev.coffey.config.lint;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.util.Collections;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What the rules look at.
///
/// @param coffey the daemon's own part as written
/// @param problems where warnings about the daemon's part go
/// @param services by name, in the order of their names
/// @param root whether the daemon will be root
public record Subject(
    DaemonSpec daemon,
    Values coffey,
    Problems problems,
    SequencedMap<ServiceName, Service> services,
    Facts facts,
    boolean root) {
  public Subject {
    services = Collections.unmodifiableSequencedMap(services);
  }

  /// One service as it works, as it is written, and where warnings about it go.
  public record Service(ServiceSpec spec, Values values, Problems problems) {
    String name() {
      return spec.name().value();
    }

    /// Warns at a key of the service; `key` may lead further down: `stop.timeout`.
    void warn(String code, String key, String message, String help) {
      Values at = values;
      String last = key;
      for (int dot = last.indexOf('.'); dot >= 0; dot = last.indexOf('.')) {
        at = at.fields(last.substring(0, dot));
        last = last.substring(dot + 1);
      }
      problems.warning(code, at.placeOf(last), at.path().key(last), message, help);
    }
  }

  @Nullable Service service(ServiceName name) {
    return services.get(name);
  }
}
