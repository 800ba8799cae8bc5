package dev.coffey.control;

import dev.coffey.access.Access;
import dev.coffey.events.Events;
import dev.coffey.fleet.Fleet;
import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.Logs;
import dev.coffey.logs.segments.FileDisk;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Plan;
import dev.coffey.supervisor.Clock;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.supervisor.TransitionListener;
import dev.coffey.usage.Usages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// All that the faces stand on, over a world that is made up.
final class TestHouse implements AutoCloseable {
  final ScriptedWorld world = new ScriptedWorld();
  final Clock clock = Clock.system();
  final Events events = new Events(1000, 0);
  final Logs logs;
  final Usages usages = new Usages(InstantSource.system());
  final FakeGround ground = new FakeGround();
  final Supervisor supervisor;
  final DaemonIdentity identity;

  TestHouse(Path dir, Plan plan) throws IOException {
    this(dir, plan, (_, _) -> {});
  }

  TestHouse(Path dir, Plan plan, TransitionListener listener) throws IOException {
    logs = Logs.open(Libc.open(), new FileDisk(), dir.resolve("logs"), InstantSource.system());
    supervisor =
        new Supervisor(Fleet.of(plan, Map.of(), new RunId(1), clock.now()), world, clock, listener);
    identity =
        new DaemonIdentity(
            "1.2.3",
            4711,
            Instant.now(),
            "here",
            "",
            "jvm 25",
            dir.resolve("c.sock"),
            List.of(dir.resolve("config.yaml")));
  }

  static DaemonSpec.Sockets socket(Path dir) {
    return new DaemonSpec.Sockets(dir.resolve("c.sock"), "", 0600);
  }

  static Access access() {
    return new Access(1000);
  }

  House house() {
    return new House(identity, supervisor, events, logs, clock, usages, ground);
  }

  @Override
  public void close() {
    logs.close();
  }
}
