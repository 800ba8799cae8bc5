package dev.coffey.config.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms,PT0.5S", "0,PT0S", "5,PT5S", "99999s,PT99999S", "100000s,PT100000S", "10m,PT10M",
    "2h,PT2H", "1d,PT24H", "2w,PT336H", "1m30s,PT1M30S", "1.5s,PT1.5S", "7us,PT0.000007S",
    "00005s,PT5S", "876000h,PT876000H"
  })
  void durationIsReadExactly(String text, Duration duration) {
    assertThat(Units.duration(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "5 s", "5S", "5x", "-5s", "1.s", ".5s", "876001h", "999999999w"})
  void whatIsNoDurationIsNone(String text) {
    assertThat(Units.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "64KiB,65536",
    "10m,10485760",
    "99999T,109950063265972224",
    "1.5k,1536",
    "123456,123456",
    "8388607T,9223370937343148032"
  })
  void sizeIsReadExactly(String text, long bytes) {
    assertThat(Units.size(text)).contains(bytes);
  }

  @Test
  void sizeBeyondWhatCanBeCountedIsNone() {
    assertThat(List.of("8388608T", "9999999T", "1e3", "k", "-1"))
        .allSatisfy(text -> assertThat(Units.size(text)).isEmpty());
  }
}
