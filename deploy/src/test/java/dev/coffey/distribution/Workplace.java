package dev.coffey.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A short directory for one daemon: its configuration, socket, state, and the scripts it runs.
final class Workplace {
  private final Path directory;
  private final StringBuilder services = new StringBuilder();

  Workplace(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  Path socket() {
    return file("sock");
  }

  Path config() {
    return file("coffey.yaml");
  }

  /// Adds a service that runs a shell script of this directory; `more` are further keys of it, each
  /// line ended.
  Workplace service(String name, String script, String more) throws IOException {
    Path path = Files.writeString(file(name + ".sh"), Processes.mark(directory) + script);
    services.append(
        """
          - name: %s
            binary: /bin/sh
            args: ["%s"]
        """
            .formatted(name, path));
    services.append(more.indent(4));
    writeConfig(services.toString());
    return this;
  }

  String configText() throws IOException {
    return Files.readString(config());
  }

  Workplace service(String name, String script) throws IOException {
    return service(name, script, "restart: always\nbackoff: {initial: 100ms, max: 1s}\n");
  }

  /// Writes the configuration: the places of everything, then the services as given.
  Workplace writeConfig(String services) throws IOException {
    Files.writeString(
        config(),
        """
        coffey:
          socket: %1$s/sock
          pid_file: %1$s/coffey.pid
          runtime_dir: %1$s/run
          state_dir: %1$s/state
          logs: {dir: %1$s/logs}
        services:
        """
                .formatted(directory)
            + services);
    return this;
  }
}
