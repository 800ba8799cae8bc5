package dev.coffey.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a service has beyond running; each is nothing unless asked for.
///
/// @param given what the process is given, and so what only a restart can change
/// @param around what the daemon does around it, which applies live
public record Features(Given given, Around around) {
  /// Nothing beyond running.
  public static final Features NONE = new Features(Given.NONE, Around.NONE);

  /// What the process is given.
  public record Given(List<SocketSpec> sockets, List<Secret> secrets, Backend backend) {
    /// Nothing.
    public static final Given NONE = new Given(List.of(), List.of(), new Backend.Own());

    public Given {
      sockets = List.copyOf(sockets);
      secrets = List.copyOf(secrets);
    }
  }

  /// A file that only the service can read.
  public record Secret(String name, String file) {}

  /// What the daemon does around a service.
  ///
  /// @param listen the addresses it must own
  public record Around(
      List<Listener> listen,
      @Nullable ScheduleSpec schedule,
      @Nullable WatchSpec watch,
      HookSpec hooks,
      @Nullable DeploySpec deploy,
      SinkChoice sinks,
      Survival survival) {
    /// Nothing.
    public static final Around NONE =
        new Around(List.of(), null, null, HookSpec.NONE, null, SinkChoice.ALL, Survival.USUAL);

    public Around {
      listen = List.copyOf(listen);
    }

    /// The same with another schedule.
    public Around with(@Nullable ScheduleSpec changed) {
      return new Around(listen, changed, watch, hooks, deploy, sinks, survival);
    }
  }

  /// Which sinks hear of a service.
  public record SinkChoice(boolean all, List<String> names) {
    /// Every sink there is.
    public static final SinkChoice ALL = new SinkChoice(true, List.of());

    public SinkChoice {
      names = List.copyOf(names);
    }
  }

  /// Whether a service outlives the daemon.
  public enum Survival {
    /// Over a crash and an upgrade, not over a shutdown.
    USUAL,
    ALWAYS,
    NEVER
  }
}
