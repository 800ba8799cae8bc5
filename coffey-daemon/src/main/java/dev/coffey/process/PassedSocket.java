package dev.coffey.process;

/// A socket that a process gets as descriptor 3 and on. It stays the giver's: it is not closed
/// here.
public record PassedSocket(String name, int fd) {
  public PassedSocket {
    if (!name.matches("[A-Za-z0-9_.-]{1,255}")) {
      throw new IllegalArgumentException(
          "socket name must be letters, digits, '_', '.' and '-', not '%s'".formatted(name));
    }
  }
}
