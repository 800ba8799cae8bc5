package dev.coffey.wishes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WishesTest {
  private static final Map<ServiceName, Boolean> SOME =
      Map.of(new ServiceName("web@1"), false, new ServiceName("debug"), true);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("wishes");
  }

  @Test
  void firstDaemonFindsNothing() {
    assertThat(Wishes.open(file).kept()).isEmpty();
  }

  @Test
  void nextDaemonFindsWhatTheLastOneWasTold() throws IOException {
    keep(SOME);

    assertThat(Wishes.open(file).kept()).isEqualTo(SOME);
    assertThat(file).hasContent("coffey wishes 1\nup debug\ndown web@1\n");
    assertThat(directory.toFile().list()).containsExactly("wishes");
  }

  @Test
  void thatNothingIsKeptAnyMoreIsKeptToo() {
    keep(SOME);

    keep(Map.of());

    assertThat(Wishes.open(file).kept()).isEmpty();
  }

  @Test
  void whereNothingWasWishedNoFileIsWritten() {
    keep(Map.of());

    assertThat(file).doesNotExist();
  }

  /// It is on disk before the daemon ends, which may be by KILL.
  @Test
  void wishIsWrittenWhileTheDaemonLives() throws Exception {
    try (Wishes wishes = Wishes.open(file)) {
      wishes.follow(() -> SOME);
      wishes.stir();

      await(() -> Wishes.open(file).kept().equals(SOME));
    }
  }

  @Test
  void fileOfAnotherKindIsAsIfItWereNotThere() throws IOException {
    Files.writeString(file, "coffey wishes 2\ndown web\n");

    assertThat(Wishes.open(file).kept()).isEmpty();
  }

  @Test
  void linesThatCannotBeReadArePassedOver() throws IOException {
    Files.writeString(
        file,
        "coffey wishes 1\ndown web\nsideways db\n\0\0\0\ndown /etc/passwd\nup debug\ndown ca");

    assertThat(Wishes.open(file).kept())
        .isEqualTo(Map.of(new ServiceName("web"), false, new ServiceName("debug"), true));
  }

  @Test
  void fileBeyondAllBoundsIsNotRead() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(WishFile.BYTES_MAX + 1);
    }

    assertThat(Wishes.open(file).kept()).isEmpty();
  }

  /// A directory in the place of the new file stands for a disk that refuses.
  @Test
  void diskThatRefusedIsTriedAgain() throws Exception {
    Path inTheWay = Files.createDirectory(directory.resolve("wishes.new"));
    try (Wishes wishes = Wishes.open(file, Duration.ofMillis(20))) {
      wishes.follow(() -> SOME);
      wishes.stir();

      Files.delete(inTheWay);

      await(() -> Wishes.open(file).kept().equals(SOME));
    }
  }

  private void keep(Map<ServiceName, Boolean> wanted) {
    Wishes wishes = Wishes.open(file);
    wishes.follow(() -> wanted);
    wishes.close();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant until = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(until);
      Thread.sleep(5);
    }
  }
}
