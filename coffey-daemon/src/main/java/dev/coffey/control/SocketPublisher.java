package dev.coffey.control;

import io.quarkus.vertx.http.DomainSocketServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;

/// Moves the control socket to its place as soon as the server is bound.
@Singleton
final class SocketPublisher {
  private static final System.Logger LOG = System.getLogger("coffey.control");

  private final ControlSocket socket;

  @Inject
  SocketPublisher(ControlSocket socket) {
    this.socket = socket;
  }

  void bound(@ObservesAsync DomainSocketServerStart start) {
    try {
      if (socket.publish()) {
        LOG.log(System.Logger.Level.INFO, "control socket is {0}", socket.place());
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "cannot put the control socket at '%s': %s".formatted(socket.place(), e.getMessage()),
          e);
    }
  }
}
