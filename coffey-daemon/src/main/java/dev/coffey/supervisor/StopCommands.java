package dev.coffey.supervisor;

import dev.coffey.health.Verdict;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.Command;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The commands under way by which runs are asked to end. Each has a thread that waits for it, and
/// a run is not over before its command is.
final class StopCommands implements AutoCloseable {
  /// The variable by which a command knows whom to end.
  private static final String MAIN_PID = "MAINPID";

  private static final System.Logger LOG = System.getLogger("coffey.supervisor");

  private final Runner runner;
  private final Told told;
  private final Map<RunId, Asking> underWay = new ConcurrentHashMap<>();

  /// @param over completed when nothing of the command is left
  private record Asking(Thread thread, CompletableFuture<Void> over) {}

  /// Runs a command to its end; an interrupt ends it and all that it has started.
  @FunctionalInterface
  interface Runner {
    Verdict run(ServiceName service, Command command, ExecSpec as, Map<String, String> variables)
        throws IOException, InterruptedException;
  }

  /// Hears that the command of a run is over, and whether it exited with 0.
  @FunctionalInterface
  interface Told {
    void over(RunId run, boolean good);
  }

  StopCommands(Runner runner, Told told) {
    this.runner = runner;
    this.told = told;
  }

  /// Runs it, as the service itself runs.
  void begin(ServiceName service, Effect.StopCommand stop, ExecSpec as) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("stop " + service)
            .unstarted(() -> {
              boolean good = run(service, stop, as);
              told.over(stop.run(), good);
              underWay.remove(stop.run());
              over.complete(null);
            });
    underWay.put(stop.run(), new Asking(thread, over));
    thread.start();
  }

  private boolean run(ServiceName service, Effect.StopCommand stop, ExecSpec as) {
    try {
      Map<String, String> variables = Map.of(MAIN_PID, Integer.toString(stop.pid()));
      Verdict verdict = runner.run(service, stop.command(), as, variables);
      if (!verdict.good()) {
        warn(service, "its stop command failed (%s)".formatted(verdict.detail()));
      }
      return verdict.good();
    } catch (IOException | RuntimeException e) {
      warn(service, "cannot run its stop command: " + e.getMessage());
    } catch (InterruptedException e) {
      warn(service, "its stop command was not over in time, and was ended");
    }
    return false;
  }

  private static void warn(ServiceName service, String what) {
    LOG.log(System.Logger.Level.WARNING, "{0}: {1}", service, what);
  }

  /// Ends the command of a run, where one is under way.
  void cut(RunId run) {
    @Nullable Asking asking = underWay.get(run);
    if (asking != null) {
      asking.thread().interrupt();
    }
  }

  /// Does something once no command of a run is left.
  void afterwards(RunId run, Runnable deed) {
    @Nullable Asking asking = underWay.get(run);
    if (asking == null) {
      deed.run();
    } else {
      var _ = asking.over().thenRun(deed);
    }
  }

  /// Ends them all.
  @Override
  public void close() {
    underWay.keySet().forEach(this::cut);
  }
}
