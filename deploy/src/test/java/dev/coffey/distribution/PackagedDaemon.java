package dev.coffey.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packaged daemon on a configuration of its own, ended at the end with all it started.
final class PackagedDaemon implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long END_SECONDS = 120;

  private final Distribution distribution;
  private final Workplace place;
  private final Process process;

  private PackagedDaemon(Distribution distribution, Workplace place, Process process) {
    this.distribution = distribution;
    this.place = place;
    this.process = process;
  }

  /// Launched, and nothing more: it may not even have read its configuration.
  static PackagedDaemon launch(Distribution distribution, Workplace place, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(distribution.coffeyd().toString(), "--config", place.config().toString()));
    command.addAll(List.of(arguments));
    return launch(distribution, place, command);
  }

  private static PackagedDaemon launch(
      Distribution distribution, Workplace place, List<String> command) throws IOException {
    ProcessBuilder builder = Ran.builder(place.directory(), Map.of(), command);
    builder.redirectOutput(place.file("coffeyd.out").toFile());
    builder.redirectError(place.file("coffeyd.err").toFile());
    return new PackagedDaemon(distribution, place, builder.start());
  }

  /// Launched, and its socket answers.
  static PackagedDaemon start(Workplace place) throws Exception {
    return answering(launch(Distribution.built(), place));
  }

  /// Launched by a command that executes it or runs it, and its socket answers.
  static PackagedDaemon startBy(Workplace place, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(
        List.of(Distribution.built().coffeyd().toString(), "--config", place.config().toString()));
    return answering(launch(Distribution.built(), place, command));
  }

  private static PackagedDaemon answering(PackagedDaemon daemon) throws Exception {
    try {
      daemon.awaitAnswer();
      return daemon;
    } catch (Throwable problem) {
      daemon.close();
      throw problem;
    }
  }

  void awaitAnswer() throws Exception {
    Wait.until(
        "an answer on " + place.socket(),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError(
                "coffeyd has ended with %d:%n%s".formatted(process.exitValue(), output()));
          }
          return Files.exists(place.socket()) && ctl("status").exit() == 0;
        });
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  Ran ctl(String... arguments) throws IOException, InterruptedException {
    return Distribution.run(distribution.coffeyctl(), environment(), arguments);
  }

  /// A client that goes on, such as `logs -f`, writing to a file of the workplace.
  Process ctlInBackground(String output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(distribution.coffeyctl().toString()));
    command.addAll(List.of(arguments));
    return Ran.builder(place.directory(), environment(), command)
        .redirectOutput(place.file(output).toFile())
        .redirectError(place.file(output + ".err").toFile())
        .start();
  }

  JsonNode services() throws IOException, InterruptedException {
    Ran status = ctl("status", "-j");
    if (status.exit() != 0) {
      throw new AssertionError(status.err());
    }
    return JSON.readTree(status.out()).path("services");
  }

  JsonNode service(String name) throws IOException, InterruptedException {
    JsonNode services = services();
    for (JsonNode service : services) {
      if (service.path("name").asText().equals(name)) {
        return service;
      }
    }
    throw new AssertionError("no service '%s' in %s".formatted(name, services));
  }

  String state(String name) throws IOException, InterruptedException {
    return service(name).path("state").asText();
  }

  void awaitState(String name, String state) throws Exception {
    Wait.until("'%s' is %s".formatted(name, state), () -> state(name).equals(state));
  }

  /// Asks it to end as an init system would; the exit code.
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("coffeyd has not ended after %d s".formatted(END_SECONDS));
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(place.file("coffeyd.out"))
        + Files.readString(place.file("coffeyd.err"));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    Processes.end(place.directory());
  }

  private Map<String, String> environment() {
    return Map.of("COFFEY_SOCKET", place.socket().toString());
  }
}
