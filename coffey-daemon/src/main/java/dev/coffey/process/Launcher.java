package dev.coffey.process;

import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.process.linux.Accounts;
import dev.coffey.process.linux.Children.End;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.Limits;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.Self;
import dev.coffey.process.linux.SpawnRequest;
import dev.coffey.process.linux.Spawner;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Makes processes, one after the other, on the one thread that lives as long as the daemon.
final class Launcher implements Runnable {
  private static final int ORDERS_MAX = 1 << 16;

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final BlockingQueue<LaunchOrder> orders = new LinkedBlockingQueue<>(ORDERS_MAX);
  private final Libc libc;
  private final Descriptors descriptors;
  private final Registry registry;
  private final News news;
  private final Mark mark;
  private final Optional<Cgroups> cgroups;

  Launcher(Libc libc, Registry registry, News news, Mark mark, Optional<Cgroups> cgroups) {
    this.libc = libc;
    this.descriptors = new Descriptors(libc);
    this.registry = registry;
    this.news = news;
    this.mark = mark;
    this.cgroups = cgroups;
  }

  /// Who is told of a process: the listener when it is the service, else those who watch its way.
  record News(ProcessListener listener, Arrivals arrivals) {}

  /// The things that launches need, made on the launcher's own thread.
  private record Tools(Spawner spawner, Recipe.Means means, Gate gate) {
    DescriptorLimit descriptorLimit() {
      return means.descriptorLimit();
    }
  }

  void submit(LaunchOrder order) {
    if (!orders.offer(order)) {
      closeStreams(order);
      news.listener()
          .launchFailed(
              order.run(),
              shortage("cannot launch: %d launches wait already".formatted(ORDERS_MAX)));
    }
  }

  @Override
  public void run() {
    becomeSubreaper();
    try (Spawner spawner = new Spawner(libc)) {
      Tools tools = tools(spawner);
      while (true) {
        launch(orders.take(), tools);
      }
    } catch (InterruptedException _) {
      LOG.log(Level.DEBUG, "the launcher was told to end");
    }
  }

  private Tools tools(Spawner spawner) {
    Bounds bounds = new Bounds(libc);
    DescriptorLimit descriptorLimit = DescriptorLimit.read(new Limits(libc));
    return new Tools(
        spawner,
        new Recipe.Means(mark, new Accounts(libc), Surroundings.own(), bounds, descriptorLimit),
        new Gate(descriptors, cgroups, bounds));
  }

  private void becomeSubreaper() {
    try {
      new Self(libc).setSubreaper(true);
    } catch (LinuxException refused) {
      LOG.log(Level.WARNING, "orphans of services will not be found: {0}", refused.getMessage());
    }
  }

  private void launch(LaunchOrder order, Tools tools) {
    try {
      tools.descriptorLimit().makeRoom(registry.size() + 1);
      Recipe recipe = Recipe.of(order, tools.means());
      if (recipe.chain().gated()) {
        throughGate(recipe, tools);
      } else {
        Child _ = spawn(recipe, Gate.NO_END, tools);
      }
    } catch (LaunchException failed) {
      news.listener().launchFailed(order.run(), failed.failure());
    } catch (LinuxException failed) {
      news.listener().launchFailed(order.run(), shortage(String.valueOf(failed.getMessage())));
    } catch (RuntimeException bug) {
      LOG.log(Level.ERROR, "cannot launch " + order.service(), bug);
      news.listener()
          .launchFailed(order.run(), new LaunchFailure("exec", "cannot launch: " + bug, false));
    } finally {
      closeStreams(order);
    }
  }

  /// The process waits at its gate until it is bounded. If it must not go on, it is let go of, and
  /// its end is the failure's news.
  private void throughGate(Recipe recipe, Tools tools) throws LaunchException, LinuxException {
    Descriptors.Pipe pipe = descriptors.pipe();
    try {
      Child child = spawn(recipe, pipe.readEnd(), tools);
      try {
        tools.gate().open(child, recipe.order(), pipe.writeEnd());
      } catch (LaunchException refused) {
        child.refuse(refused.failure());
      } catch (RuntimeException bug) {
        LOG.log(Level.ERROR, "cannot bound " + recipe.order().service(), bug);
        child.refuse(new LaunchFailure("limits", "cannot launch: " + bug, false));
      }
    } finally {
      descriptors.close(pipe.readEnd());
      descriptors.close(pipe.writeEnd());
    }
  }

  private Child spawn(Recipe recipe, int gateEnd, Tools tools)
      throws LaunchException, LinuxException {
    LaunchOrder order = recipe.order();
    String directory = order.exec().directory();
    SpawnRequest request =
        new SpawnRequest(
            recipe.chain().path().toString(),
            recipe.chain().words(),
            recipe.environment(),
            directory,
            recipe.sources(gateEnd));
    registry.takeOff();
    try {
      int pid = tools.spawner().spawn(request);
      if (pid < 0) {
        throw new LaunchException(BinaryLookup.explained(-pid, recipe.chain().path(), directory));
      }
      tools.descriptorLimit().restore(pid);
      Child child = new Child(order.run(), pid, recipe.chain());
      report(child);
      return child;
    } finally {
      registry.land();
    }
  }

  private void report(Child child) {
    Optional<End> ended = registry.add(child);
    if (child.arrived()) {
      news.listener().launched(child.run(), child.pid());
    } else {
      news.arrivals().watch(child);
    }
    if (ended.isPresent()) {
      boolean _ = child.ended("", Reaper.status(ended.get()), news.listener());
    }
  }

  private static LaunchFailure shortage(String message) {
    return new LaunchFailure("resources", message, true);
  }

  private void closeStreams(LaunchOrder order) {
    StandardStreams streams = order.streams();
    close(streams.stdin());
    close(streams.stdout());
    if (streams.stderr() != streams.stdout()) {
      close(streams.stderr());
    }
  }

  private void close(int fd) {
    if (fd != StandardStreams.NULL) {
      descriptors.close(fd);
    }
  }
}
