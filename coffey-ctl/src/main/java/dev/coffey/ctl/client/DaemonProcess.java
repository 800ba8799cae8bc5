package dev.coffey.ctl.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The process of a daemon on this machine, to know when it is really gone.
public final class DaemonProcess {
  private static final long LOOK_MILLIS = 10;

  private final ProcessHandle handle;

  private DaemonProcess(ProcessHandle handle) {
    this.handle = handle;
  }

  /// Empty where no such process is seen from here, as from another container.
  public static Optional<DaemonProcess> of(long pid) {
    return ProcessHandle.of(pid).map(DaemonProcess::new);
  }

  public long pid() {
    return handle.pid();
  }

  /// Waits until it has ended, and says whether it has within this time.
  public boolean awaitEnd(Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    while (isThere()) {
      if (System.nanoTime() - until >= 0) {
        return false;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /// A process that only waits for its parent to ask for its status holds nothing any more.
  private boolean isThere() {
    if (!handle.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
      return !stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return handle.isAlive();
    }
  }
}
