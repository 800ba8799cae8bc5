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
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Makes processes, on a few threads that live as long as the daemon. A thread that spawns stands
/// still until the new process has executed its file; meanwhile another goes on.
final class Launcher implements Runnable {
  /// More find the kernel busy with the table of our descriptors, which each spawn copies.
  static final int THREADS = 2;

  private static final int ORDERS_MAX = 1 << 16;

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final BlockingQueue<LaunchOrder> orders = new LinkedBlockingQueue<>(ORDERS_MAX);
  private final Libc libc;
  private final Descriptors descriptors;
  private final Registry registry;
  private final News news;
  private final Mark mark;
  private final Optional<Cgroups> cgroups;
  private @Nullable Tools shared;

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

  /// The things that launches need, made on the first of the launcher's own threads.
  private record Tools(Recipe.Means means, Gate gate) {
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
    Tools tools = tools();
    try (Spawner spawner = new Spawner(libc)) {
      while (true) {
        launch(orders.take(), tools, spawner);
      }
    } catch (InterruptedException _) {
      LOG.log(Level.DEBUG, "the launcher was told to end");
    }
  }

  private synchronized Tools tools() {
    Tools made = shared;
    if (made == null) {
      becomeSubreaper();
      Bounds bounds = new Bounds(libc);
      DescriptorLimit descriptorLimit = DescriptorLimit.read(new Limits(libc));
      made =
          new Tools(
              new Recipe.Means(
                  mark, new Accounts(libc), Surroundings.own(), bounds, descriptorLimit),
              new Gate(descriptors, cgroups, bounds));
      shared = made;
    }
    return made;
  }

  private void becomeSubreaper() {
    try {
      new Self(libc).setSubreaper(true);
    } catch (LinuxException refused) {
      LOG.log(Level.WARNING, "orphans of services will not be found: {0}", refused.getMessage());
    }
  }

  private void launch(LaunchOrder order, Tools tools, Spawner spawner) {
    try {
      tools.descriptorLimit().makeRoom(registry.size() + THREADS);
      if (!order.brief()) {
        tools.descriptorLimit().keepOwn(order.streams().highest());
      }
      Lock steady = tools.descriptorLimit().steady();
      steady.lock();
      try {
        make(order, tools, spawner);
      } finally {
        steady.unlock();
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

  private void make(LaunchOrder order, Tools tools, Spawner spawner)
      throws LaunchException, LinuxException {
    Recipe recipe = Recipe.of(order, tools.means());
    if (recipe.chain().gated()) {
      throughGate(recipe, tools, spawner);
    } else {
      Child _ = spawn(recipe, Gate.NO_END, tools, spawner);
    }
  }

  /// The process waits at its gate until it is bounded. If it must not go on, it is let go of, and
  /// its end is the failure's news.
  private void throughGate(Recipe recipe, Tools tools, Spawner spawner)
      throws LaunchException, LinuxException {
    Descriptors.Pipe pipe = descriptors.pipe();
    try {
      Child child = spawn(recipe, pipe.readEnd(), tools, spawner);
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

  private Child spawn(Recipe recipe, int gateEnd, Tools tools, Spawner spawner)
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
    Registry.Flight flight = registry.takeOff();
    try {
      int pid = spawner.spawn(request);
      if (pid < 0) {
        throw new LaunchException(BinaryLookup.explained(-pid, recipe.chain().path(), directory));
      }
      tools.descriptorLimit().restore(pid);
      Child child = new Child(order.run(), pid, recipe.chain());
      report(flight, child);
      return child;
    } finally {
      registry.land(flight);
    }
  }

  private void report(Registry.Flight flight, Child child) {
    Optional<End> ended = registry.add(flight, child);
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
