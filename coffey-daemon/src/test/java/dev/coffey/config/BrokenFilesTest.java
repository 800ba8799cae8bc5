package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files broken at random: whatever they hold, reading them never fails otherwise than by problems
/// that have a place. The seed is the test's name.
class BrokenFilesTest {
  private static final int SEEDS = 60;
  private static final int FILES_A_SEED = 25;
  private static final List<String> TOKENS =
      List.of(
          ":",
          "- ",
          "[",
          "]",
          "{",
          "}",
          "\t",
          "'",
          "\"",
          "&a ",
          "*a",
          "!replace ",
          "<<: *a",
          "|",
          ">",
          "#",
          "${",
          "${X:-",
          "$$",
          "null",
          "~",
          "---\n",
          "%",
          "@",
          "\u0000",
          "\u2028",
          "é",
          "\uFEFF",
          "0x1F",
          "1e999",
          "-1",
          "9".repeat(40),
          "  ",
          "\n",
          "\r\n",
          "? ",
          "x-y: ",
          "services:",
          "depends_on: [web]",
          "instances: 3",
          "a".repeat(300));

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void brokenFileGivesProblemsWithPlaces(int seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> corpus = corpus();
    for (int i = 0; i < FILES_A_SEED; i++) {
      byte[] main = broken(corpus, random);
      byte[] dropIn = broken(corpus, random);
      MemoryFiles files =
          new MemoryFiles()
              .with("/etc/coffey/config.yaml", main)
              .with("/etc/coffey/services.d/web.yaml", dropIn);

      ConfigOutcome outcome = Reading.of(files);

      switch (outcome) {
        case ConfigOutcome.Refused(List<Problem> problems) -> {
          assertThat(problems).isNotEmpty();
          problems.forEach(problem -> assertPlaced(problem, main, dropIn));
        }
        case ConfigOutcome.Loaded loaded -> {
          loaded.warnings().forEach(problem -> assertPlaced(problem, main, dropIn));
          loaded.invalid().values().forEach(all -> assertThat(all).isNotEmpty());
        }
      }
    }
  }

  private static void assertPlaced(Problem problem, byte[] main, byte[] dropIn) {
    assertThat(problem.message()).isNotBlank();
    assertThat(problem.place()).as(problem.toString()).matches("/etc/coffey/[^:]+:[0-9]+:[0-9]+");
    String[] parts = problem.place().split(":", -1);
    byte[] file = parts[0].endsWith("web.yaml") ? dropIn : main;
    String text = new String(file, StandardCharsets.UTF_8);
    long lines = text.split("\r\n|[\n\r\u0085\u2028\u2029]", -1).length;
    assertThat(Long.parseLong(parts[1])).as(problem.toString()).isBetween(1L, lines);
    assertThat(Long.parseLong(parts[2])).isPositive();
  }

  private static List<byte[]> corpus() throws IOException {
    Path folder = Path.of("src/test/resources/dev/coffey/config/golden");
    List<byte[]> corpus = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        corpus.add(Files.readAllBytes(file));
      }
    }
    return corpus;
  }

  private static byte[] broken(List<byte[]> corpus, SplittableRandom random) {
    byte[] bytes = corpus.get(random.nextInt(corpus.size()));
    for (int n = random.nextInt(6); n > 0; n--) {
      bytes = mutated(bytes, corpus, random);
    }
    return bytes;
  }

  private static byte[] mutated(byte[] bytes, List<byte[]> corpus, SplittableRandom random) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + random.nextInt(20));
    byte[] head = Arrays.copyOf(bytes, at);
    byte[] tail = Arrays.copyOfRange(bytes, at, bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> joined(head, Arrays.copyOfRange(bytes, end, bytes.length));
      case 1 -> joined(head, new byte[] {(byte) random.nextInt(256)}, tail);
      case 2 -> joined(head, Arrays.copyOfRange(bytes, at, end), tail);
      case 3 -> {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        yield joined(head, Arrays.copyOf(other, random.nextInt(other.length + 1)), tail);
      }
      default -> {
        String token = TOKENS.get(random.nextInt(TOKENS.size()));
        yield joined(head, token.getBytes(StandardCharsets.UTF_8), tail);
      }
    };
  }

  private static byte[] joined(byte[]... parts) {
    byte[] whole = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }
}
