package dev.coffey.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// T41: both days on which the clocks are changed, as tables.
class CronTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> times(String expression, String after, int count) {
    CronTimes cron = CronTimes.of(expression, BERLIN);
    List<String> times = new ArrayList<>();
    Instant moment = OffsetDateTime.parse(after).toInstant();
    for (int i = 0; i < count; i++) {
      moment = cron.after(moment).orElseThrow();
      times.add(moment.atZone(BERLIN).toOffsetDateTime().toString());
    }
    return times;
  }

  @Test
  void timeThatTheDaySkipsComesWhenTheClocksArePutForward() {
    assertThat(times("30 2 * * *", "2026-03-28T00:00+01:00", 3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
  }

  @Test
  void timesThatTheDaySkipsComeOnceTogether() {
    assertThat(times("*/20 * * * *", "2026-03-29T01:30+01:00", 4))
        .containsExactly(
            "2026-03-29T01:40+01:00",
            "2026-03-29T03:00+02:00",
            "2026-03-29T03:20+02:00",
            "2026-03-29T03:40+02:00");
  }

  @Test
  void timeAfterTheGapStaysWhereItIs() {
    assertThat(times("30 3 * * *", "2026-03-28T12:00+01:00", 2))
        .containsExactly("2026-03-29T03:30+02:00", "2026-03-30T03:30+02:00");
  }

  @Test
  void timeThatTheDayHasTwiceComesOnce() {
    assertThat(times("30 2 * * *", "2026-10-24T12:00+02:00", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
  }

  @Test
  void timesOfEveryHourComeInBothHours() {
    assertThat(times("*/30 * * * *", "2026-10-25T01:45+02:00", 5))
        .containsExactly(
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:00+01:00",
            "2026-10-25T02:30+01:00",
            "2026-10-25T03:00+01:00");
  }

  @ParameterizedTest
  @CsvSource({
    "@daily, 2026-05-02T00:00+02:00",
    "@hourly, 2026-05-01T13:00+02:00",
    "@weekly, 2026-05-03T00:00+02:00",
    "@monthly, 2026-06-01T00:00+02:00",
    "@yearly, 2027-01-01T00:00+01:00",
    "0 9 * * MON-FRI, 2026-05-04T09:00+02:00",
    "0 9 * * 7, 2026-05-03T09:00+02:00",
    "15 10 1 JAN *, 2027-01-01T10:15+01:00",
  })
  void wordsAndNamesAreRead(String expression, String next) {
    assertThat(times(expression, "2026-05-01T12:00+02:00", 1)).containsExactly(next);
    assertThat(CronTimes.problem(expression)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "* * *", "61 * * * *", "0 0 31 2 *", "@sometimes", "a b c d e"})
  void whatFitsNoTimeIsAProblem(String expression) {
    assertThat(CronTimes.problem(expression)).isPresent();
  }
}
