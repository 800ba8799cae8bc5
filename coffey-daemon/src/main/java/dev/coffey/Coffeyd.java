package dev.coffey;

/// The daemon's entry.
public final class Coffeyd {
  private Coffeyd() {}

  /// Starts the daemon.
  public static void main(String[] args) {
    System.out.println("coffeyd");
  }
}
