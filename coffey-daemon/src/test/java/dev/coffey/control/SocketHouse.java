package dev.coffey.control;

import dev.coffey.access.Access;
import dev.coffey.events.Events;
import dev.coffey.logs.Logs;
import dev.coffey.supervisor.Clock;
import dev.coffey.supervisor.Ground;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.usage.Usages;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What the real server gets in a test instead of what the daemon's root would give it.
@Singleton
@Alternative
@Priority(1)
final class SocketHouse {
  private final TestHouse house;
  private final ControlSocket socket;
  private final int uid;

  SocketHouse(@ConfigProperty(name = "coffey.test.dir") Path dir) throws IOException {
    house = new TestHouse(dir, Plans.of(Plans.service("db"), Plans.service("api", "db")));
    socket = ControlSocket.claim(TestHouse.socket(dir));
    uid = (Integer) Files.getAttribute(dir, "unix:uid");
  }

  void start(@Observes StartupEvent event) {
    house.supervisor.begin();
  }

  void stop(@Observes ShutdownEvent event) throws IOException {
    socket.close();
    house.close();
  }

  @Produces
  @Alternative
  @Priority(1)
  Access access() {
    return new Access(uid);
  }

  @Produces
  @Alternative
  @Priority(1)
  ControlSocket socket() {
    return socket;
  }

  @Produces
  @Alternative
  @Priority(1)
  DaemonIdentity identity() {
    return house.identity;
  }

  @Produces
  @Alternative
  @Priority(1)
  ConfigSource configuration() {
    return new PlansAsFiles(house.supervisor, Plans.of());
  }

  @Produces
  @Alternative
  @Priority(1)
  Supervisor supervisor() {
    return house.supervisor;
  }

  @Produces
  @Alternative
  @Priority(1)
  Events events() {
    return house.events;
  }

  @Produces
  @Alternative
  @Priority(1)
  Logs logs() {
    return house.logs;
  }

  @Produces
  @Alternative
  @Priority(1)
  Usages usages() {
    return house.usages;
  }

  @Produces
  @Alternative
  @Priority(1)
  Ground ground() {
    return house.ground;
  }

  @Produces
  @Alternative
  @Priority(1)
  Clock clock() {
    return house.clock;
  }
}
