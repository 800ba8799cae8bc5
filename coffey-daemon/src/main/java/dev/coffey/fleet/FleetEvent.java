package dev.coffey.fleet;

import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the loop can be told.
public sealed interface FleetEvent {
  /// The daemon is up: look at everything.
  record Began() implements FleetEvent {}

  /// A deadline that the fleet holds has passed.
  record TimePassed() implements FleetEvent {}

  /// News of one service's run.
  record Reported(ServiceName service, ServiceEvent.News news) implements FleetEvent {}

  /// What a service's schedule says.
  ///
  /// @param now whether it asks for a run now
  /// @param next what the wall clock will show when it asks again, or `null` when it never will
  record Scheduled(ServiceName service, boolean now, @Nullable Instant next)
      implements FleetEvent {}

  /// Somebody asks something.
  record Commanded(Command command) implements FleetEvent {}

  /// Another plan is in force.
  record PlanChanged(Plan plan) implements FleetEvent {}

  /// Everything shall end. Said again, it cuts all grace; said a third time, it leaves at once.
  record ShutdownWanted() implements FleetEvent {}
}
