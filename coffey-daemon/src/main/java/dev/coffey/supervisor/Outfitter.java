package dev.coffey.supervisor;

import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.Logs;
import dev.coffey.logs.RunOutput;
import dev.coffey.process.Inputs;
import dev.coffey.process.LaunchOrder;
import dev.coffey.process.PassedSocket;
import dev.coffey.process.StandardStreams;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.Terminal;
import dev.coffey.sockets.Sockets;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceSpec;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/// Gets ready what a run is launched with: sockets, pipes or a terminal for its output, a way in.
final class Outfitter {
  private final Logs logs;
  private final Inputs inputs;
  private final Sockets sockets;
  private final Descriptors descriptors;

  Outfitter(Libc libc, Logs logs, Inputs inputs, Sockets sockets) {
    this.logs = logs;
    this.inputs = inputs;
    this.sockets = sockets;
    this.descriptors = new Descriptors(libc);
  }

  /// All of it; what was got ready before something failed is given back with [#abandon].
  LaunchOrder order(Effect.Launch launch) throws NotReady {
    ServiceSpec spec = launch.spec();
    List<PassedSocket> passed = passed(spec);
    Streams streams = spec.exec().tty() ? onTerminal(launch) : onPipes(launch);
    TreeMap<String, String> injected = new TreeMap<>();
    injected.put("COFFEY_RESTARTS", Integer.toString(launch.restarts()));
    return new LaunchOrder(
        launch.run(),
        spec.name(),
        spec.exec(),
        injected,
        streams.standard(),
        streams.terminal(),
        passed);
  }

  /// @param terminal the path of one that stands for all three; empty for none
  private record Streams(StandardStreams standard, String terminal) {}

  /// There is no process that could use it.
  void abandon(RunId run) {
    logs.abandoned(run);
    inputs.close(run);
  }

  private Streams onTerminal(Effect.Launch launch) throws NotReady {
    ServiceSpec spec = launch.spec();
    Terminal terminal;
    try {
      terminal = inputs.terminal(launch.run());
    } catch (LinuxException e) {
      throw NotReady.at("tty", "cannot launch on a terminal: " + e.getMessage(), e);
    }
    try {
      logs.openTerminal(spec.name(), launch.run(), spec.logs(), terminal.master());
    } catch (IOException e) {
      descriptors.close(terminal.master());
      throw NotReady.at("log", "cannot open its log: " + e.getMessage(), e);
    }
    return new Streams(StandardStreams.NONE, terminal.path());
  }

  private Streams onPipes(Effect.Launch launch) throws NotReady {
    ServiceSpec spec = launch.spec();
    int stdin = StandardStreams.NULL;
    try {
      if (spec.exec().stdin() == ExecSpec.Stdin.PIPE) {
        stdin = inputs.pipe(launch.run());
      }
      RunOutput output = logs.openRun(spec.name(), launch.run(), spec.logs());
      return new Streams(new StandardStreams(stdin, output.stdout(), output.stderr()), "");
    } catch (IOException e) {
      descriptors.close(stdin);
      throw NotReady.at("log", "cannot open its log: " + e.getMessage(), e);
    }
  }

  private List<PassedSocket> passed(ServiceSpec spec) throws NotReady {
    try {
      return sockets.of(spec.name(), spec.features().given().sockets()).stream()
          .map(open -> new PassedSocket(open.spec().name(), open.fd()))
          .toList();
    } catch (IOException e) {
      throw NotReady.at("sockets", String.valueOf(e.getMessage()), e);
    }
  }
}
