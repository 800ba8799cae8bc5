package dev.coffey.logs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StampTest {
  @Test
  void timesComeBackAsTheyWereWritten() {
    SplittableRandom random = new SplittableRandom(1);
    Stamp stamp = new Stamp();
    byte[] bytes = new byte[Stamp.LENGTH];

    for (int i = 0; i < 20_000; i++) {
      long micros = random.nextLong(0, 253_402_300_799_999_999L);
      stamp.set(micros);
      stamp.copyTo(bytes, 0);

      Instant read = Instant.parse(new String(bytes, StandardCharsets.US_ASCII));
      assertThat(read.getEpochSecond() * 1_000_000 + read.getNano() / 1000).isEqualTo(micros);
      assertThat(Stamp.parse(bytes, 0)).isEqualTo(micros);
    }
  }

  @Test
  void whatIsNoTimeIsToldApart() {
    byte[] text = "this is not a time, surely! not".getBytes(StandardCharsets.US_ASCII);

    assertThat(Stamp.parse(text, 0)).isEqualTo(Long.MIN_VALUE);
  }
}
