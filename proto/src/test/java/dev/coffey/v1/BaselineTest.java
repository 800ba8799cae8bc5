package dev.coffey.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The wire keeps what it has promised, and the check that says so would notice if it did not.
class BaselineTest {
  private static final Path FILE =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/coffey/v1/baseline.txt");
  private static final String PID = "field coffey.v1.Service.pid = 6 optional int32";
  private static final String REWRITE =
      "new lines: ./mvnw -o -pl proto test -Dtest=BaselineTest -Dcoffey.baseline=write, and commit";

  @Test
  void nothingPromisedHasChanged() throws IOException {
    List<String> current = current();

    assertThat(Baseline.broken(Files.readAllLines(FILE), current)).isEmpty();

    if ("write".equals(System.getProperty("coffey.baseline"))) {
      Files.write(FILE, current);
    }
    assertThat(Files.readAllLines(FILE)).as(REWRITE).isEqualTo(current);
  }

  @Test
  void renumberedFieldIsABreak() throws IOException {
    List<String> now = replace(PID, "field coffey.v1.Service.pid = 99 optional int32");

    assertThat(Baseline.broken(current(), now))
        .containsExactly(
            "field coffey.v1.Service.pid was '= 6 optional int32' and is now '= 99 optional int32'");
  }

  @Test
  void retypedFieldIsABreak() throws IOException {
    List<String> now = replace(PID, "field coffey.v1.Service.pid = 6 optional string");

    assertThat(Baseline.broken(current(), now))
        .containsExactly(
            "field coffey.v1.Service.pid was '= 6 optional int32' and is now '= 6 optional string'");
  }

  @Test
  void renamedFieldIsABreak() throws IOException {
    List<String> now = replace(PID, "field coffey.v1.Service.process = 6 optional int32");

    assertThat(Baseline.broken(current(), now))
        .singleElement()
        .asString()
        .startsWith("field coffey.v1.Service.pid '= 6 optional int32' is gone");
  }

  @Test
  void lostPresenceIsABreak() throws IOException {
    List<String> now = replace(PID, "field coffey.v1.Service.pid = 6 int32");

    assertThat(Baseline.broken(current(), now)).hasSize(1);
  }

  @Test
  void renumberedEnumValueIsABreak() throws IOException {
    List<String> now =
        replace(
            "value coffey.v1.Health.HEALTH_HEALTHY = 3",
            "value coffey.v1.Health.HEALTH_HEALTHY = 4");

    assertThat(Baseline.broken(current(), now))
        .containsExactly("value coffey.v1.Health.HEALTH_HEALTHY was '= 3' and is now '= 4'");
  }

  @Test
  void methodWithAnotherAnswerIsABreak() throws IOException {
    String get = "method coffey.v1.DaemonControl.GetInfo (coffey.v1.GetInfoRequest) returns ";
    List<String> now =
        replace(get + "(coffey.v1.GetInfoResponse)", get + "(stream coffey.v1.GetInfoResponse)");

    assertThat(Baseline.broken(current(), now)).hasSize(1);
  }

  @Test
  void removedFieldIsABreakUnlessItsNumberAndNameAreReserved() throws IOException {
    List<String> removed = new ArrayList<>(current());
    removed.remove(PID);
    List<String> retired = new ArrayList<>(removed);
    retired.set(retired.indexOf("message coffey.v1.Service"), "message coffey.v1.Service 6-6 pid");

    assertThat(Baseline.broken(current(), removed)).hasSize(1);
    assertThat(Baseline.broken(current(), retired)).isEmpty();
    assertThat(Baseline.broken(retired, removed)).as("reservations stay").hasSize(1);
  }

  @Test
  void additionsAreNoBreak() throws IOException {
    List<String> more = new ArrayList<>(current());
    more.add("field coffey.v1.Service.colour = 900 optional string");

    assertThat(Baseline.broken(current(), more)).isEmpty();
  }

  private static List<String> current() throws IOException {
    return Baseline.lines(
        Wire.files().stream().flatMap(file -> Wire.elements(file).stream()).toList());
  }

  private static List<String> replace(String line, String by) throws IOException {
    List<String> lines = new ArrayList<>(current());
    assertThat(lines).contains(line);
    lines.set(lines.indexOf(line), by);
    return lines;
  }
}
