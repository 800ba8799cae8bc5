package dev.coffey.fleet;

import dev.coffey.spec.ServiceName;
import java.util.List;

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

  /// To end and run again.
  record Restart(List<ServiceName> services) implements Command {
    public Restart {
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
