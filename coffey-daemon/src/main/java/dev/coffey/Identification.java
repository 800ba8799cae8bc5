package dev.coffey;

import dev.coffey.config.ConfigRequest;
import dev.coffey.config.Host;
import dev.coffey.control.DaemonIdentity;
import dev.coffey.spec.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// Finds out who this daemon is.
///
/// @param request what it was configured by
record Identification(ConfigRequest request, Host host) {
  DaemonIdentity of(Plan plan) {
    ProcessHandle self = ProcessHandle.current();
    return new DaemonIdentity(
        BuildVersion.text(),
        (int) self.pid(),
        self.info().startInstant().orElseGet(Instant::now),
        line(Path.of("/proc/sys/kernel/hostname")),
        line(Path.of("/proc/sys/kernel/random/boot_id")),
        runtime(),
        plan.daemon().control().socket(),
        request.configs().stream().map(Path::of).toList());
  }

  private static String runtime() {
    String vendor = System.getProperty("org.graalvm.nativeimage.imagecode", "");
    return (vendor.isEmpty() ? "jvm " : "native ") + Runtime.version();
  }

  private static String line(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      return "";
    }
  }
}
