package dev.coffey.process;

import dev.coffey.process.linux.Limits;
import dev.coffey.process.linux.SignalNames;
import dev.coffey.spec.Credentials;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceSpec;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// What can be said against a service before it is launched, on the machine it shall run on.
public final class Objections {
  private Objections() {}

  /// One sentence for each thing that would make every launch or stop fail.
  public static List<String> to(ServiceSpec spec) {
    List<String> objections = new ArrayList<>();
    ExecSpec exec = spec.exec();
    if (!exec.credentials().equals(Credentials.OWN) && Helpers.setpriv().isEmpty()) {
      objections.add(
          "user, group, groups, no_new_privileges and capabilities need the program 'setpriv' of"
              + " util-linux, which is not installed");
    }
    if (bounded(exec) && !Files.isExecutable(Helpers.SHELL)) {
      objections.add(
          "umask, nice, ionice, oom_score_adj, limits, cgroup and sockets need '/bin/sh', which is"
              + " not installed");
    }
    for (String name : exec.credentials().capabilities()) {
      if (!Capabilities.known(name)) {
        objections.add("unknown capability '%s'".formatted(name));
      }
    }
    for (String name : exec.resources().limits().keySet()) {
      if (!Limits.names().contains(name)) {
        objections.add("unknown limit '%s'; known are %s".formatted(name, Limits.names()));
      }
    }
    ionice(exec, objections);
    if (SignalNames.number(spec.stop().signal()).isEmpty()) {
      objections.add("unknown signal '%s'".formatted(spec.stop().signal()));
    }
    return objections;
  }

  private static boolean bounded(ExecSpec exec) {
    return !exec.resources().equals(ResourceSpec.INHERITED);
  }

  private static void ionice(ExecSpec exec, List<String> objections) {
    String ionice = exec.resources().ionice();
    if (ionice == null) {
      return;
    }
    try {
      Bounds.IoPriority _ = Bounds.IoPriority.of(ionice);
    } catch (LaunchException unknown) {
      objections.add(unknown.failure().message());
    }
  }
}
