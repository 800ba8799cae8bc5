package dev.coffey.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.schedule.Timetable.Call;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ScheduleSpec.CatchUp;
import dev.coffey.spec.ScheduleSpec.Overlap;
import dev.coffey.spec.ScheduleSpec.Timing;
import dev.coffey.spec.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimetableTest {
  private static final ServiceName JOB = new ServiceName("job");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Timing HOURLY = new Timing.Cron("0 * * * *", ZoneId.of("UTC"));
  private static final Timing EVERY_HOUR = new Timing.Every(Duration.ofHours(1));

  @TempDir Path dir;

  private Timetable timetable() {
    return new Timetable(LastTimes.read(dir.resolve("schedule")), new SplittableRandom(1));
  }

  private static Map<ServiceName, ScheduleSpec> job(Timing timing, CatchUp catchUp) {
    return Map.of(JOB, new ScheduleSpec(timing, Overlap.SKIP, catchUp, Duration.ZERO));
  }

  private static Instant noonPlus(int minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }

  @Test
  void cronAsksAtItsTimesAndNotBefore() {
    Timetable timetable = timetable();

    assertThat(timetable.follow(job(HOURLY, CatchUp.ONE), noonPlus(10)))
        .containsExactly(new Call(JOB, false, noonPlus(60)));
    assertThat(timetable.turn(noonPlus(59))).isEmpty();
    assertThat(timetable.turn(noonPlus(60))).containsExactly(new Call(JOB, true, noonPlus(120)));
    assertThat(timetable.turn(noonPlus(60))).isEmpty();
  }

  @Test
  void intervalBeginsWithTheDaemonAndDoesNotDrift() {
    Timetable timetable = timetable();
    var _ = timetable.follow(job(EVERY_HOUR, CatchUp.ONE), NOON);

    assertThat(timetable.turn(NOON)).containsExactly(new Call(JOB, true, noonPlus(60)));
    assertThat(timetable.turn(noonPlus(60).plusMillis(700)))
        .containsExactly(new Call(JOB, true, noonPlus(120)));
  }

  /// T41: the last run survives the daemon, and what was missed is caught up once.
  @Test
  void whatWasMissedIsCaughtUpOnce() {
    Timetable first = timetable();
    var _ = first.follow(job(HOURLY, CatchUp.ONE), noonPlus(-10));
    var _ = first.turn(NOON);

    Timetable next = timetable();
    Instant later = noonPlus(200);

    assertThat(next.follow(job(HOURLY, CatchUp.ONE), later))
        .containsExactly(new Call(JOB, false, later));
    assertThat(next.turn(later)).containsExactly(new Call(JOB, true, noonPlus(240)));
    assertThat(next.turn(later.plusSeconds(1))).isEmpty();
  }

  @Test
  void whatWasMissedIsLeftOutWhereSoConfigured() {
    Timetable first = timetable();
    var _ = first.follow(job(EVERY_HOUR, CatchUp.NONE), NOON);
    var _ = first.turn(NOON);

    Timetable next = timetable();

    assertThat(next.follow(job(EVERY_HOUR, CatchUp.NONE), noonPlus(200)))
        .containsExactly(new Call(JOB, false, noonPlus(240)));
  }

  @Test
  void nothingWasMissedByADaemonThatCameBackInTime() {
    var _ = timetable().follow(job(HOURLY, CatchUp.ONE), noonPlus(10));

    assertThat(timetable().follow(job(HOURLY, CatchUp.ONE), noonPlus(30)))
        .containsExactly(new Call(JOB, false, noonPlus(60)));
  }

  @Test
  void timesThatPassedWhileTheMachineSleptAreMissed() {
    Timetable one = timetable();
    var _ = one.follow(job(HOURLY, CatchUp.ONE), NOON);
    Timetable none = timetable();
    var _ = none.follow(job(HOURLY, CatchUp.NONE), NOON);

    assertThat(one.turn(noonPlus(300))).containsExactly(new Call(JOB, true, noonPlus(360)));
    assertThat(none.turn(noonPlus(300))).containsExactly(new Call(JOB, false, noonPlus(360)));
  }

  @Test
  void clockThatIsPutBackDoesNotHoldUpTheNextTime() {
    Timetable timetable = timetable();
    var _ = timetable.follow(job(HOURLY, CatchUp.ONE), NOON);
    var _ = timetable.turn(noonPlus(1));

    var _ = timetable.turn(noonPlus(-600));

    assertThat(timetable.earliest()).contains(noonPlus(-540));
  }

  @Test
  void reloadKeepsTheTimesOfWhatHasNotChanged() {
    Timetable timetable = timetable();
    var _ = timetable.follow(job(EVERY_HOUR, CatchUp.ONE), NOON);
    var _ = timetable.turn(NOON);

    assertThat(timetable.follow(job(EVERY_HOUR, CatchUp.ONE), noonPlus(20)))
        .containsExactly(new Call(JOB, false, noonPlus(60)));
    assertThat(timetable.follow(Map.of(), noonPlus(30))).isEmpty();
    assertThat(timetable.turn(noonPlus(90))).isEmpty();
  }

  @Test
  void jitterOnlyEverDelays() {
    Timetable timetable = timetable();
    Duration jitter = Duration.ofMinutes(5);
    var spec = new ScheduleSpec(HOURLY, Overlap.SKIP, CatchUp.ONE, jitter);

    var _ = timetable.follow(Map.of(JOB, spec), NOON);

    assertThat(timetable.earliest())
        .hasValueSatisfying(next -> assertThat(next).isBetween(noonPlus(60), noonPlus(65)));
  }

  @Test
  void brokenFileOnlyForgets() throws Exception {
    Files.writeString(dir.resolve("schedule"), "gibberish\n2026-05-01T11:30:00Z job\n\n");

    List<Call> calls = timetable().follow(job(HOURLY, CatchUp.ONE), noonPlus(30));

    assertThat(calls).containsExactly(new Call(JOB, false, noonPlus(30)));
  }

  @Test
  void whoeverShowsTheNextTimeHearsThatTheClockWasPutBack() {
    Timetable timetable = timetable();
    var _ = timetable.follow(job(HOURLY, CatchUp.ONE), NOON);
    var _ = timetable.turn(noonPlus(1));

    assertThat(timetable.turn(noonPlus(-600)))
        .containsExactly(new Call(JOB, false, noonPlus(-540)));
  }
}
