package dev.coffey.health;

import java.io.IOException;
import java.net.Socket;

/// Good when a connection is accepted.
record TcpLook(String address) implements Look {
  @Override
  public Verdict take() throws IOException {
    try (Socket _ = Address.parse(address).connect()) {
      return Verdict.good("connected to " + address);
    }
  }
}
