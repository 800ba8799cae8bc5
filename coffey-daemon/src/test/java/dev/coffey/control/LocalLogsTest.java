package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.logs.segments.FileDisk;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.LogLine;
import dev.coffey.v1.LogMarker;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.TailLogsRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogsTest {
  @TempDir Path dir;

  /// As a daemon that was killed leaves it: `web` has a segment that is full, one that is not, and
  /// a line that was cut off.
  @BeforeEach
  void write() throws IOException {
    Path web = Files.createDirectories(dir.resolve("web"));
    Files.writeString(
        web.resolve("0000000000000001.log"),
        """
        2026-11-21T07:00:00.000000Z stderr F:coffey segment seq=1 run=0
        2026-11-21T07:00:00.000000Z stderr F:coffey started run=7 pid=11
        2026-11-21T07:00:01.000000Z stdout F one
        2026-11-21T07:00:02.000000Z stderr F:coffey ended run=7 exit 1
        """);
    Files.writeString(
        web.resolve("current"),
        """
        2026-11-21T07:00:03.000000Z stderr F:coffey segment seq=5 run=7
        2026-11-21T07:00:03.000000Z stderr F:coffey started run=8 pid=12
        2026-11-21T07:00:05.000000Z stderr F two
        2026-11-21T07:00:07.000000Z stdout F thr\
        """);
    Path db = Files.createDirectories(dir.resolve("db"));
    Files.writeString(
        db.resolve("current"),
        """
        2026-11-21T07:00:04.000000Z stderr F:coffey segment seq=1 run=0
        2026-11-21T07:00:04.000000Z stdout F between
        """);
  }

  private List<String> read(TailLogsRequest.Builder request) {
    List<String> texts = new ArrayList<>();
    new LocalLogs(new FileDisk(), dir, LocalLogsTest::isInGroup)
        .read(request.build())
        .forEachRemaining(batch -> batch.getLinesList().forEach(line -> add(texts, line)));
    return texts;
  }

  private static boolean isInGroup(String group, ServiceName service) {
    return group.equals("storage") && service.value().equals("db");
  }

  private static void add(List<String> texts, LogLine line) {
    if (line.getMarker() == LogMarker.LOG_MARKER_UNSPECIFIED) {
      texts.add(line.getText().toStringUtf8());
    }
  }

  private static ServiceSelector named(String name) {
    return ServiceSelector.newBuilder().addNames(name).build();
  }

  @Test
  void linesOfAllServicesComeInTheOrderOfTime() {
    assertThat(read(TailLogsRequest.newBuilder())).containsExactly("one", "between", "two");
    assertThat(read(TailLogsRequest.newBuilder().setLines(2))).containsExactly("between", "two");
  }

  @Test
  void whatTheSocketCanDoTheFilesCan() {
    TailLogsRequest.Builder web = TailLogsRequest.newBuilder().setSelector(named("w*"));

    assertThat(read(web)).containsExactly("one", "two");
    assertThat(read(web.clone().setRunsBack(1))).containsExactly("one");
    assertThat(read(web.clone().setGrep("^t"))).containsExactly("two");
    assertThat(read(TailLogsRequest.newBuilder().setSelector(named("storage"))))
        .containsExactly("between");
  }

  /// T95: a reader owns nothing.
  @Test
  void nothingIsChangedInTheFiles() throws IOException {
    String before = Files.readString(dir.resolve("web/current"));

    read(TailLogsRequest.newBuilder());

    assertThat(Files.readString(dir.resolve("web/current"))).isEqualTo(before);
    try (var files = Files.list(dir.resolve("web"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void whatIsNotThereIsTold() throws IOException {
    Failed failed = Failed.of(() -> read(TailLogsRequest.newBuilder().setSelector(named("nope"))));

    assertThat(failed.code()).isEqualTo(Status.Code.NOT_FOUND);
  }
}
