package dev.coffey;

import dev.coffey.access.Access;
import dev.coffey.control.ConfigSource;
import dev.coffey.control.ControlSocket;
import dev.coffey.control.DaemonIdentity;
import dev.coffey.events.Events;
import dev.coffey.logs.Logs;
import dev.coffey.supervisor.Clock;
import dev.coffey.supervisor.Ground;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.usage.Usages;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;

/// Opens the faces on a house that stands already.
@ApplicationScoped
class Faces {
  /// The one way from `main`, which knows no container, into the container.
  private static final AtomicReference<House> HOUSE = new AtomicReference<>();

  /// Runs the faces until they are closed.
  static void open(House house) {
    HOUSE.set(house);
    System.setProperty("quarkus.http.domain-socket", house.socket().bindPath().toString());
    Quarkus.run(Open.class, (_, _) -> {});
  }

  /// Closes them, from another thread.
  static void close() {
    Quarkus.asyncExit(0);
  }

  /// Open for as long as nobody closes them.
  static class Open implements QuarkusApplication {
    @Override
    public int run(String... args) {
      house().listen();
      Quarkus.waitForExit();
      return 0;
    }
  }

  private static House house() {
    House house = HOUSE.get();
    if (house == null) {
      throw new IllegalStateException("the faces are opened on a house, by main");
    }
    return house;
  }

  @Produces
  @Singleton
  ConfigSource configuration() {
    return house().configuration();
  }

  @Produces
  @Singleton
  Supervisor supervisor() {
    return house().supervisor();
  }

  @Produces
  @Singleton
  Events events() {
    return house().events();
  }

  @Produces
  @Singleton
  Logs logs() {
    return house().logs();
  }

  @Produces
  @Singleton
  Usages usages() {
    return house().usages();
  }

  @Produces
  @Singleton
  Ground ground() {
    return house().ground();
  }

  @Produces
  @Singleton
  Clock clock() {
    return house().clock();
  }

  @Produces
  @Singleton
  DaemonIdentity identity() {
    return house().identity();
  }

  @Produces
  @Singleton
  Access access() {
    return house().access();
  }

  @Produces
  @Singleton
  ControlSocket socket() {
    return house().socket();
  }
}
