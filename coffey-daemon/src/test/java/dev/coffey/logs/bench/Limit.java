package dev.coffey.logs.bench;

import dev.coffey.logs.RunOutput;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The C program that captures as cheaply as can be, beside which the pump is measured.
final class Limit implements AutoCloseable {
  private static final Path SOURCE = Path.of("deploy/src/bench/drain.c");

  private final Descriptors descriptors = new Descriptors(Libc.open());
  private final List<RunOutput> outputs = new ArrayList<>();
  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  private Limit(Process process, Path directory, int count) throws IOException {
    this.process = process;
    this.questions = process.outputWriter(StandardCharsets.US_ASCII);
    this.answers = process.inputReader(StandardCharsets.US_ASCII);
    for (int i = 0; i < count; i++) {
      int fd = descriptors.open(directory.resolve(i + ".pipe").toString(), Descriptors.O_RDWR, 0);
      outputs.add(new RunOutput(fd, RunOutput.NULL));
    }
  }

  /// Builds and starts it; empty where there is no compiler.
  static Optional<Limit> start(Path directory, int count) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    String program = directory.resolve("drain").toString();
    if (!Files.exists(SOURCE) || !done("gcc", "-O2", "-o", program, SOURCE.toString())) {
      return Optional.empty();
    }
    List<String> makePipes = new ArrayList<>(List.of("mkfifo"));
    for (int i = 0; i < count; i++) {
      makePipes.add(directory.resolve(i + ".pipe").toString());
    }
    if (!done(makePipes.toArray(String[]::new))) {
      throw new IOException("cannot make named pipes");
    }
    Process process =
        new ProcessBuilder(program, directory.toString(), Integer.toString(count))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return Optional.of(new Limit(process, directory, count));
  }

  private static boolean done(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      if (command[0].equals("gcc")) {
        return false;
      }
      throw e;
    }
  }

  /// What services write into.
  List<RunOutput> outputs() {
    return outputs;
  }

  /// What it has used since it began.
  long cpuNanos() throws IOException {
    questions.write("\n");
    questions.flush();
    return Long.parseLong(String.valueOf(answers.readLine()));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    outputs.forEach(output -> descriptors.close(output.stdout()));
  }
}
