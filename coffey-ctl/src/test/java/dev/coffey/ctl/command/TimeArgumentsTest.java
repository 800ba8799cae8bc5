package dev.coffey.ctl.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeArgumentsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "1m30s, PT1M30S", "2h, PT2H", "1d, PT24H", "7, PT7S"})
  void durationsAreReadAsInTheConfiguration(String text, Duration expected) {
    assertThat(TimeArguments.duration("--timeout", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1 s", "1x", "1m30", "9999999999s"})
  void otherDurationsAreRefusedWithExamples(String text) {
    assertThatThrownBy(() -> TimeArguments.duration("--timeout", text))
        .hasMessage(
            "--timeout takes a duration like 500ms, 30s, 1m30s or 2h, not '%s'".formatted(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10m, 2026-11-21T11:50:00Z",
    "2026-11-21T10:00:00+02:00, 2026-11-21T08:00:00Z",
    "2026-11-21T08:00:00.5Z, 2026-11-21T08:00:00.5Z"
  })
  void momentsAreAgoOrWithAZone(String text, Instant expected) {
    assertThat(TimeArguments.moment("--since", text, NOW)).isEqualTo(TimeArguments.stamp(expected));
  }

  @ParameterizedTest
  @CsvSource({"2026-11-20 07:30, 2026-11-20T07:30", "2026-11-20, 2026-11-20T00:00"})
  void momentsWithoutAZoneAreLocal(String text, LocalDateTime expected) {
    Instant instant = expected.atZone(ZoneId.systemDefault()).toInstant();

    assertThat(TimeArguments.moment("--since", text, NOW)).isEqualTo(TimeArguments.stamp(instant));
  }

  @Test
  void otherMomentsAreRefusedWithExamples() {
    assertThatThrownBy(() -> TimeArguments.moment("--since", "noon", NOW))
        .hasMessageStartingWith("--since takes a time like 10m (ago)");
  }
}
