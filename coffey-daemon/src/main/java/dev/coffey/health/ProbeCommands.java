package dev.coffey.health;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.LaunchOrder;
import dev.coffey.process.ProcessListener;
import dev.coffey.process.Processes;
import dev.coffey.process.StandardStreams;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.Command;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Runs the commands of probes, and those that ask a service to end, as the service itself runs:
/// its user, environment, directory and limits. They are processes like any other of ours, under
/// run ids that no service ever has.
public final class ProbeCommands {
  /// Far beyond what services can use up, and still short enough for a mark.
  private static final long FIRST_RUN = 100_000_000_000_000_000L;

  private static final long LOOK_MILLIS_MAX = 50;
  private static final int FIRST_FREE_FD = 3;

  /// How long what a probe left behind may take to be gone before its answer is given.
  private static final Duration GONE_WITHIN = Duration.ofMillis(400);

  private final Descriptors descriptors;
  private final AtomicLong runs = new AtomicLong(FIRST_RUN);
  private final ConcurrentHashMap<RunId, ProbeProcess> underWay = new ConcurrentHashMap<>();
  private volatile @Nullable Processes processes;

  public ProbeCommands(Libc libc) {
    this.descriptors = new Descriptors(libc);
  }

  /// Hears of the probes' processes before the others do, who hear of the rest.
  public ProcessListener before(ProcessListener others) {
    return new Routing(others);
  }

  /// Lets commands run, now that there is somebody to run them.
  public void through(Processes room) {
    processes = room;
  }

  /// Runs a command to its end; an interrupt ends it and all that it has started.
  Verdict run(ServiceName service, Command command, ExecSpec as)
      throws IOException, InterruptedException {
    return run(service, command, as, Map.of());
  }

  /// The same, with these variables beside the service's own.
  public Verdict run(
      ServiceName service, Command command, ExecSpec as, Map<String, String> variables)
      throws IOException, InterruptedException {
    @Nullable Processes room = processes;
    if (room == null) {
      return Verdict.bad("cannot run a command: not available");
    }
    RunId run = new RunId(runs.getAndIncrement());
    Descriptors.Pipe pipe = pipe();
    ProbeProcess process = new ProbeProcess(new ProbeOutput(descriptors, pipe.readEnd()));
    underWay.put(run, process);
    try {
      room.launch(
          new LaunchOrder(
              run,
              service,
              like(as, command),
              new TreeMap<>(variables),
              streams(pipe),
              "",
              List.of(),
              true));
      return await(process);
    } finally {
      // A command that has ended may have left others running, and one that hangs is left itself.
      end(run);
      process.awaitGone(GONE_WITHIN);
      process.close();
    }
  }

  private void end(RunId run) {
    @Nullable Processes room = processes;
    if (room != null) {
      room.kill(run);
      room.sweep(run);
    }
  }

  private static Verdict await(ProbeProcess process) throws InterruptedException {
    long wait = 1;
    while (!process.awaitEnd(Duration.ofMillis(wait))) {
      process.output().drain();
      wait = Math.min(LOOK_MILLIS_MAX, wait * 2);
    }
    process.output().drain();
    return process.verdict();
  }

  private StandardStreams streams(Descriptors.Pipe pipe) throws IOException {
    int errors = descriptors.duplicate(pipe.writeEnd(), FIRST_FREE_FD);
    return new StandardStreams(StandardStreams.NULL, pipe.writeEnd(), errors);
  }

  private Descriptors.Pipe pipe() throws IOException {
    Descriptors.Pipe pipe = descriptors.pipe();
    descriptors.setNonBlocking(pipe.readEnd(), true);
    return pipe;
  }

  private static ExecSpec like(ExecSpec as, Command command) {
    return new ExecSpec(
        command,
        as.directory(),
        as.env(),
        as.credentials(),
        as.resources(),
        ExecSpec.Stdin.NULL,
        false);
  }

  /// Sorts the news of probes' processes from that of services'.
  private final class Routing implements ProcessListener {
    private final ProcessListener others;

    Routing(ProcessListener others) {
      this.others = others;
    }

    private static boolean ours(RunId run) {
      return run.value() >= FIRST_RUN;
    }

    @Override
    public void launched(RunId run, int pid) {
      if (!ours(run)) {
        others.launched(run, pid);
      } else if (!underWay.containsKey(run)) {
        // Given up while it was still waiting to be launched.
        end(run);
      }
    }

    @Override
    public void launchFailed(RunId run, LaunchFailure failure) {
      if (!ours(run)) {
        others.launchFailed(run, failure);
        return;
      }
      @Nullable ProbeProcess process = underWay.remove(run);
      if (process != null) {
        process.failed(failure.message());
      }
    }

    @Override
    public void ended(RunId run, ExitStatus status) {
      if (!ours(run)) {
        others.ended(run, status);
        return;
      }
      @Nullable ProbeProcess process = underWay.get(run);
      if (process != null) {
        process.ended(status);
      }
    }

    @Override
    public void emptied(RunId run) {
      if (!ours(run)) {
        others.emptied(run);
        return;
      }
      @Nullable ProbeProcess process = underWay.remove(run);
      if (process != null) {
        process.gone();
      }
    }

    @Override
    public void refusedToDie(RunId run, int count) {
      if (!ours(run)) {
        others.refusedToDie(run, count);
      }
    }
  }
}
