package dev.coffey.fleet;

import dev.coffey.spec.ServiceName;
import java.util.List;

/// The answer to a command, given at once; whether it succeeds shows later.
public sealed interface Reply {
  /// It is being done.
  ///
  /// @param services all that are concerned, those pulled in too
  record Accepted(List<ServiceName> services) implements Reply {
    public Accepted {
      services = List.copyOf(services);
    }
  }

  /// It is not done.
  ///
  /// @param services who is in the way
  record Refused(Refusal reason, String message, List<ServiceName> services) implements Reply {
    public Refused {
      services = List.copyOf(services);
    }
  }

  /// Why a command is refused.
  enum Refusal {
    UNKNOWN_SERVICE,
    HAS_DEPENDENTS,
    SHUTTING_DOWN,
    NOT_RUNNING,
    /// Too many commands of this kind are under way.
    TOO_MANY
  }
}
