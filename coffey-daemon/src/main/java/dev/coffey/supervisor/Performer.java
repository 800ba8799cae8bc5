package dev.coffey.supervisor;

import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.FleetEvent.Reported;
import dev.coffey.fleet.Order;
import dev.coffey.health.ProbeCommands;
import dev.coffey.health.ProbeListener;
import dev.coffey.health.Prober;
import dev.coffey.health.Target;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.lifecycle.ServiceEvent.News;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.logs.Logs;
import dev.coffey.process.Features;
import dev.coffey.process.Inputs;
import dev.coffey.process.Mark;
import dev.coffey.process.ProcessListener;
import dev.coffey.process.Processes;
import dev.coffey.process.linux.Libc;
import dev.coffey.sockets.Sockets;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Performs orders on this machine: processes, probes and logs. What comes of them is posted under
/// the name of the service whose run it is; a run is known here from its launch until nothing of it
/// is left.
public final class Performer
    implements World, Ground, ProcessListener, ProbeListener, AutoCloseable {
  private final Map<RunId, Tenant> tenants = new ConcurrentHashMap<>();
  private final Processes processes;
  private final Prober prober;
  private final Logs logs;
  private final Inputs inputs;
  private final Sockets sockets;
  private final Outfitter outfitter;
  private final StopCommands stopCommands;
  private final Libc libc;
  private final Mark mark;

  /// Whose run it is, and who wants to hear of it.
  private record Tenant(ServiceName service, ExecSpec exec, Consumer<FleetEvent> answers) {
    void tell(News news) {
      answers.accept(new Reported(service, news));
    }
  }

  /// Starts the threads that processes need.
  public Performer(Libc libc, Mark mark, Logs logs) {
    this.logs = logs;
    this.inputs = new Inputs(libc);
    this.sockets = new Sockets(libc);
    this.outfitter = new Outfitter(libc, logs, inputs, sockets);
    this.libc = libc;
    this.mark = mark;
    ProbeCommands commands = new ProbeCommands(libc);
    this.processes = new Processes(libc, mark, commands.before(this));
    commands.through(processes);
    this.stopCommands =
        new StopCommands(
            commands::run, (run, good) -> tell(run, new ServiceEvent.StopCommandEnded(run, good)));
    this.prober = new Prober(this, commands);
  }

  @Override
  public void perform(Order order, Consumer<FleetEvent> answers) {
    switch (order.effect()) {
      case Effect.Launch launch -> {
        tenants.put(launch.run(), new Tenant(order.service(), launch.spec().exec(), answers));
        launch(launch);
      }
      case Effect.Terminate(RunId run, String signal) -> processes.terminate(run, signal);
      case Effect.Signal(RunId run, String signal) -> processes.signal(run, signal);
      case Effect.StopCommand stop -> ask(order.service(), stop);
      case Effect.Kill(RunId run) -> {
        stopCommands.cut(run);
        processes.kill(run);
      }
      case Effect.Sweep(RunId run) -> processes.sweep(run);
      case Effect.Probe probe -> probe(probe);
      case Effect.CancelProbes(RunId run) -> prober.cancel(run);
    }
  }

  @Override
  public List<String> notices(ServiceSpec spec) {
    List<String> notices = new ArrayList<>(processes.notices(spec.exec()));
    logs.notice(spec.name()).ifPresent(notices::add);
    return notices;
  }

  @Override
  public List<Offer> offers() {
    return Features.of(libc, mark).stream()
        .map(found -> new Offer(found.topic(), found.name(), found.present(), found.without()))
        .toList();
  }

  @Override
  public OptionalInt write(RunId run, byte[] bytes, boolean end) {
    OptionalInt written = inputs.write(run, bytes);
    if (end && written.isPresent() && written.getAsInt() == bytes.length) {
      inputs.end(run);
    }
    return written;
  }

  @Override
  public void resize(RunId run, int rows, int columns) {
    inputs.resize(run, rows, columns);
  }

  /// Closes the sockets of services that are not to run, so that nobody waits in vain to be served.
  public void closeUnwanted(Fleet fleet) {
    for (ServiceName owner : sockets.owners()) {
      if (fleet.service(owner).filter(Performer::mayServe).isEmpty()) {
        sockets.close(owner);
      }
    }
  }

  private static boolean mayServe(Service service) {
    return switch (service.state()) {
      case ServiceState.Completed _, ServiceState.Failed _ -> false;
      default -> service.wish().up() || service.state().alive();
    };
  }

  private void launch(Effect.Launch launch) {
    try {
      processes.launch(outfitter.order(launch));
    } catch (NotReady e) {
      launchFailed(launch.run(), e.failure());
    } catch (RuntimeException e) {
      launchFailed(launch.run(), new LaunchFailure("launch", "cannot launch: " + e, false));
    }
  }

  private void ask(ServiceName service, Effect.StopCommand stop) {
    @Nullable Tenant tenant = tenants.get(stop.run());
    if (tenant != null) {
      stopCommands.begin(service, stop, tenant.exec());
    }
  }

  private void probe(Effect.Probe probe) {
    @Nullable Tenant tenant = tenants.get(probe.run());
    if (tenant != null) {
      Target target = new Target(probe.run(), probe.service(), tenant.exec());
      prober.probe(target, probe.kind(), probe.spec());
    }
  }

  private void tell(RunId run, News news) {
    @Nullable Tenant tenant = tenants.get(run);
    if (tenant != null) {
      tenant.tell(news);
    }
  }

  private void tellLast(RunId run, News news) {
    @Nullable Tenant tenant = tenants.remove(run);
    if (tenant != null) {
      tenant.tell(news);
    }
  }

  @Override
  public void launched(RunId run, int pid) {
    logs.started(run, pid);
    tell(run, new ServiceEvent.Launched(run, pid));
  }

  @Override
  public void launchFailed(RunId run, LaunchFailure failure) {
    outfitter.abandon(run);
    tellLast(run, new ServiceEvent.LaunchFailed(run, failure));
  }

  @Override
  public void ended(RunId run, ExitStatus status) {
    inputs.close(run);
    logs.ended(run, status.described());
    tell(run, new ServiceEvent.Ended(run, status));
  }

  @Override
  public void emptied(RunId run) {
    stopCommands.afterwards(run, () -> tellLast(run, new ServiceEvent.Emptied(run)));
  }

  @Override
  public void refusedToDie(RunId run, int count) {
    tell(run, new ServiceEvent.RefusedToDie(run, count));
  }

  @Override
  public void probed(RunId run, ProbeKind kind, ProbeOutcome outcome) {
    tell(run, new ServiceEvent.ProbeReported(run, kind, outcome));
  }

  /// Ends the threads; processes that still live go on.
  @Override
  public void close() {
    stopCommands.close();
    prober.close();
    processes.close();
    sockets.close();
  }
}
