package dev.coffey.logs.bench;

import dev.coffey.logs.RunOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Plays many services that each write a line now and then, spread evenly over time.
final class Ticker {
  private static final int STEPS = 20;

  private final List<RunOutput> outputs;
  private final int perSecond;
  private final String line = "y".repeat(99) + "\n";

  Ticker(List<RunOutput> outputs, int perSecond) {
    this.outputs = outputs;
    this.perSecond = perSecond;
  }

  void run(Duration duration) throws IOException {
    try (Children children = new Children()) {
      long begun = System.nanoTime();
      long periodNanos = 1_000_000_000L / perSecond;
      long periods = duration.toNanos() / periodNanos;
      for (long step = 0; step < periods * STEPS; step++) {
        for (int i = (int) (step % STEPS); i < outputs.size(); i += STEPS) {
          children.write(outputs.get(i).stdout(), line);
        }
        long wait = begun + (step + 1) * periodNanos / STEPS - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        }
      }
    }
  }
}
