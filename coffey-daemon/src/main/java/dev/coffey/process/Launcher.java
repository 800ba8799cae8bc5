package dev.coffey.process;

import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Children.End;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.Self;
import dev.coffey.process.linux.SpawnRequest;
import dev.coffey.process.linux.SpawnRequest.Source;
import dev.coffey.process.linux.Spawner;
import dev.coffey.spec.ExecSpec;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/// Makes processes, one after the other, on the one thread that lives as long as the daemon.
final class Launcher implements Runnable {
  private static final int ORDERS_MAX = 1 << 16;
  private static final int READ_AND_WRITE = 2;

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final BlockingQueue<LaunchOrder> orders = new LinkedBlockingQueue<>(ORDERS_MAX);
  private final Libc libc;
  private final Descriptors descriptors;
  private final Registry registry;
  private final Mark mark;
  private final ProcessListener listener;
  private final Surroundings surroundings;

  Launcher(Libc libc, Registry registry, Mark mark, ProcessListener listener) {
    this.libc = libc;
    this.descriptors = new Descriptors(libc);
    this.registry = registry;
    this.mark = mark;
    this.listener = listener;
    this.surroundings = Surroundings.own();
  }

  void submit(LaunchOrder order) {
    if (!orders.offer(order)) {
      closeStreams(order);
      listener.launchFailed(
          order.run(),
          new LaunchFailure(
              "resources", "cannot launch: %d launches wait already".formatted(ORDERS_MAX), true));
    }
  }

  @Override
  public void run() {
    becomeSubreaper();
    try (Spawner spawner = new Spawner(libc)) {
      while (true) {
        launch(orders.take(), spawner);
      }
    } catch (InterruptedException _) {
      LOG.log(Level.DEBUG, "the launcher was told to end");
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "cannot launch any more", failed);
    }
  }

  private void becomeSubreaper() {
    try {
      new Self(libc).setSubreaper(true);
    } catch (LinuxException refused) {
      LOG.log(Level.WARNING, "orphans of services will not be found: {0}", refused.getMessage());
    }
  }

  private void launch(LaunchOrder order, Spawner spawner) {
    try {
      attempt(order, spawner);
    } catch (LaunchException failed) {
      listener.launchFailed(order.run(), failed.failure());
    } finally {
      closeStreams(order);
    }
  }

  private void attempt(LaunchOrder order, Spawner spawner) throws LaunchException {
    ExecSpec exec = order.exec();
    SortedMap<String, String> injected = new TreeMap<>(order.injected());
    mark.putInto(injected, order.run(), order.service());
    Environment environment =
        Environment.of(exec.env(), surroundings.account(), surroundings, injected);
    Path binary = BinaryLookup.find(exec.command().binary(), environment.path(), exec.directory());
    SpawnRequest request = request(order, binary, environment);
    registry.takeOff();
    try {
      int pid = spawn(spawner, request);
      if (pid < 0) {
        throw new LaunchException(BinaryLookup.explained(-pid, binary, exec.directory()));
      }
      report(order.run(), pid);
    } finally {
      registry.land();
    }
  }

  private void report(RunId run, int pid) {
    Optional<End> ended = registry.add(new Child(run, pid));
    listener.launched(run, pid);
    ended.ifPresent(end -> listener.ended(run, Reaper.status(end)));
  }

  private static int spawn(Spawner spawner, SpawnRequest request) throws LaunchException {
    try {
      return spawner.spawn(request);
    } catch (LinuxException failed) {
      throw new LaunchException(
          new LaunchFailure("resources", String.valueOf(failed.getMessage()), true));
    }
  }

  private static SpawnRequest request(LaunchOrder order, Path binary, Environment environment) {
    ExecSpec exec = order.exec();
    List<String> arguments = new ArrayList<>();
    arguments.add(exec.command().binary());
    arguments.addAll(exec.command().args());
    StandardStreams streams = order.streams();
    List<Source> sources =
        List.of(source(streams.stdin()), source(streams.stdout()), source(streams.stderr()));
    return new SpawnRequest(
        binary.toString(), arguments, environment.entries(), exec.directory(), sources);
  }

  private static Source source(int fd) {
    return fd == StandardStreams.NULL
        ? new Source.Opened("/dev/null", READ_AND_WRITE)
        : new Source.Given(fd);
  }

  private void closeStreams(LaunchOrder order) {
    StandardStreams streams = order.streams();
    Stream.of(streams.stdin(), streams.stdout(), streams.stderr())
        .filter(fd -> fd != StandardStreams.NULL)
        .distinct()
        .forEach(descriptors::close);
  }
}
