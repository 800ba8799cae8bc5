package dev.coffey.control;

import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.FleetEvent.Reported;
import dev.coffey.fleet.Order;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.lifecycle.ServiceEvent.Ended;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A world in which everything happens at once and as the test says.
final class ScriptedWorld implements World {
  /// Those that cannot be launched.
  final Set<String> broken = ConcurrentHashMap.newKeySet();

  /// Those that do not end when asked, until they are let go.
  final Set<String> stubborn = ConcurrentHashMap.newKeySet();

  final List<String> signals = new CopyOnWriteArrayList<>();

  private final AtomicInteger pids = new AtomicInteger(1000);
  private final Map<ServiceName, Runnable> waiting = new ConcurrentHashMap<>();

  @Override
  public void perform(Order order, Consumer<FleetEvent> answers) {
    Consumer<ServiceEvent.News> tell = news -> answers.accept(new Reported(order.service(), news));
    String name = order.service().value();
    switch (order.effect()) {
      case Effect.Launch(RunId run, _, _) -> {
        if (broken.contains(name)) {
          tell.accept(
              new ServiceEvent.LaunchFailed(
                  run, new LaunchFailure("exec", "cannot execute: no such file", false)));
        } else {
          tell.accept(new ServiceEvent.Launched(run, pids.incrementAndGet()));
        }
      }
      case Effect.Terminate(RunId run, String signal) -> {
        signals.add(name + " " + signal);
        Ended ended = new Ended(run, new ExitStatus.Signaled(15, signal, false));
        if (stubborn.contains(name)) {
          waiting.put(order.service(), () -> tell.accept(ended));
        } else {
          tell.accept(ended);
        }
      }
      case Effect.StopCommand stop ->
          tell.accept(new ServiceEvent.StopCommandEnded(stop.run(), false));
      case Effect.Kill(RunId run) ->
          tell.accept(new Ended(run, new ExitStatus.Signaled(9, "KILL", false)));
      case Effect.Signal(_, String signal) -> signals.add(name + " " + signal);
      case Effect.Sweep(RunId run) -> tell.accept(new ServiceEvent.Emptied(run));
      case Effect.Probe(RunId run, _, var kind, _) ->
          tell.accept(
              new ServiceEvent.ProbeReported(
                  run, kind, new ProbeOutcome(true, "200 OK", Duration.ofMillis(1))));
      case Effect.CancelProbes _ -> {}
    }
  }

  /// Lets a stubborn one end.
  void letGo(String name) {
    Runnable end = waiting.remove(new ServiceName(name));
    if (end != null) {
      end.run();
    }
  }
}
