package dev.coffey.fleet;

import dev.coffey.fleet.FleetEvent.Began;
import dev.coffey.fleet.FleetEvent.Commanded;
import dev.coffey.fleet.FleetEvent.PlanChanged;
import dev.coffey.fleet.FleetEvent.Reported;
import dev.coffey.fleet.FleetEvent.Scheduled;
import dev.coffey.fleet.FleetEvent.ShutdownWanted;
import dev.coffey.fleet.FleetEvent.TimePassed;
import dev.coffey.lifecycle.Moment;
import dev.coffey.lifecycle.Pause;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.spec.Plan;
import org.jspecify.annotations.Nullable;

/// Decides. An event is applied to the one service it is about; then everything settles.
public final class FleetMachine {
  private FleetMachine() {}

  /// What one event makes of the fleet. The same fleet, event and moment always give the same.
  public static Decision decide(Fleet fleet, FleetEvent event, Moment moment) {
    if (event instanceof PlanChanged(Plan plan)) {
      return replan(fleet, plan, moment);
    }
    Settling settling = new Settling(fleet, moment);
    @Nullable Reply reply = apply(settling, fleet, event);
    settling.settle();
    return settling.decision(reply);
  }

  private static Decision replan(Fleet fleet, Plan plan, Moment moment) {
    Settling settling = new Settling(Replanning.replanned(fleet, plan, moment.now()), moment);
    Replanning.apply(settling, fleet, plan);
    Shutdown.lookAtAll(settling);
    settling.settle();
    return settling.decision(null);
  }

  private static @Nullable Reply apply(Settling settling, Fleet fleet, FleetEvent event) {
    switch (event) {
      case Began() -> Shutdown.lookAtAll(settling);
      case TimePassed() -> passTime(settling, fleet);
      case Reported(var name, ServiceEvent.News news) ->
          fleet.links().position(name).ifPresent(index -> settling.tell(index, news));
      case Scheduled scheduled ->
          fleet
              .links()
              .position(scheduled.service())
              .ifPresent(index -> Schedules.heard(settling, index, scheduled));
      case Commanded(Command command) -> {
        return Commands.apply(settling, command);
      }
      case ShutdownWanted() -> Shutdown.wanted(settling, fleet.plan());
      case PlanChanged _ -> throw new AssertionError("a plan is changed before it is settled");
    }
    return null;
  }

  private static void passTime(Settling settling, Fleet fleet) {
    if (!fleet.course().shutdownBy().isAfter(settling.now())) {
      Shutdown.hurry(settling);
    }
    for (int index : fleet.roster().due(settling.now())) {
      @Nullable Pause pause = settling.at(index).agenda().pause();
      if (pause != null && !pause.until().isAfter(settling.now())) {
        settling.resume(index);
      }
      if (settling.at(index).state().deadline().isAfter(settling.now())) {
        continue;
      }
      if (settling.at(index).state() instanceof BackingOff state) {
        settling.retry(index, state);
      } else {
        settling.tell(index, new ServiceEvent.DeadlinePassed());
      }
    }
  }
}
