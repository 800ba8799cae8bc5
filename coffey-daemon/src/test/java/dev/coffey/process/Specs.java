package dev.coffey.process;

import dev.coffey.spec.Credentials;
import dev.coffey.spec.EnvSpec;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ResourceSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Specs that differ from the plain one in a single respect.
final class Specs {
  private Specs() {}

  static ExecSpec with(ExecSpec exec, EnvSpec env) {
    return new ExecSpec(
        exec.command(),
        exec.directory(),
        env,
        exec.credentials(),
        exec.resources(),
        exec.stdin(),
        exec.tty());
  }

  static ExecSpec in(ExecSpec exec, String directory) {
    return new ExecSpec(
        exec.command(),
        directory,
        exec.env(),
        exec.credentials(),
        exec.resources(),
        exec.stdin(),
        exec.tty());
  }

  static ExecSpec with(ExecSpec exec, Credentials credentials) {
    return new ExecSpec(
        exec.command(),
        exec.directory(),
        exec.env(),
        credentials,
        exec.resources(),
        exec.stdin(),
        exec.tty());
  }

  static ExecSpec with(ExecSpec exec, ResourceSpec resources) {
    return new ExecSpec(
        exec.command(),
        exec.directory(),
        exec.env(),
        exec.credentials(),
        resources,
        exec.stdin(),
        exec.tty());
  }

  /// What CONFIG's defaults make of a bare `user`.
  static Credentials user(String name) {
    return new Credentials(name, "", List.of(), true, true, List.of());
  }

  static EnvSpec set(String... pairs) {
    return new EnvSpec(false, List.of(), new TreeMap<>(), List.of(), map(pairs));
  }

  static ResourceSpec limit(String name, long soft, long hard) {
    SortedMap<String, ResourceSpec.Limit> limits = new TreeMap<>();
    limits.put(name, new ResourceSpec.Limit(soft, hard));
    return new ResourceSpec(null, null, null, 0, limits, ResourceSpec.Cgroup.NONE);
  }

  static ResourceSpec umask(int umask) {
    return new ResourceSpec(umask, null, null, 0, new TreeMap<>(), ResourceSpec.Cgroup.NONE);
  }

  static ResourceSpec priorities(int nice, String ionice, int oomScoreAdj) {
    return new ResourceSpec(
        null, nice, ionice, oomScoreAdj, new TreeMap<>(), ResourceSpec.Cgroup.NONE);
  }

  static SortedMap<String, String> map(String... pairs) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int at = 0; at < pairs.length; at += 2) {
      map.put(pairs[at], pairs[at + 1]);
    }
    return map;
  }
}
