package dev.coffey.fleet;

import dev.coffey.spec.ServiceName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator asks of services.
public sealed interface Command {
  /// The services it names.
  List<ServiceName> services();

  /// To run, and what they require too unless told otherwise.
  record Start(List<ServiceName> services, boolean withRequirements) implements Command {
    public Start {
      services = List.copyOf(services);
    }
  }

  /// Not to run.
  record Stop(List<ServiceName> services, Dependents dependents) implements Command {
    public Stop {
      services = List.copyOf(services);
    }
  }

  /// To end and run again, with what they require unless told otherwise.
  ///
  /// @param cascade whether all running dependents restart too, whatever their edges say
  /// @param atOnce how many may be away at one time, the next when one is ready again; 0 for all
  record Restart(List<ServiceName> services, boolean withRequirements, boolean cascade, int atOnce)
      implements Command {
    public Restart {
      services = List.copyOf(services);
      if (atOnce < 0) {
        throw new IllegalArgumentException("at_once must not be negative");
      }
    }

    /// All together, dependents as their edges say.
    public Restart(List<ServiceName> services) {
      this(services, true, false, 0);
    }
  }

  /// To be left alone.
  ///
  /// @param ttl how long, or `null` for a pause without end
  record Pause(List<ServiceName> services, @Nullable Duration ttl, String reason)
      implements Command {
    public Pause {
      services = List.copyOf(services);
    }
  }

  /// To be in the daemon's hands again.
  record Resume(List<ServiceName> services) implements Command {
    public Resume {
      services = List.copyOf(services);
    }
  }

  /// To be sent a signal, named without `SIG`.
  record Signal(List<ServiceName> services, String signal) implements Command {
    public Signal {
      services = List.copyOf(services);
    }
  }

  /// What a stop does about running services that depend on the stopped one.
  enum Dependents {
    /// Refuse, and name them.
    REFUSE,
    /// Stop them first.
    CASCADE,
    /// Leave them.
    LEAVE
  }
}
