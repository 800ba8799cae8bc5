package dev.coffey.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.coffey.v1.LogLine;
import dev.coffey.v1.LogMarker;
import dev.coffey.v1.LogReaderGrpc;
import dev.coffey.v1.LogStream;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogsTest {
  private static final ServiceSelector API = ServiceSelector.newBuilder().addNames("api").build();

  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void oneServiceIsShownAsItWroteWithMarkersBetween() {
    LogLine gap = Wires.marker(4, LogMarker.LOG_MARKER_GAP).toBuilder().setLostLines(120).build();
    answer(
        Wires.batch(Wires.line(1, "one"), Wires.line(2, "two")),
        Wires.batch(Wires.marker(3, LogMarker.LOG_MARKER_RESTARTED), gap, Wires.line(5, "five")));

    int exit = shell.run("logs", "api");

    assertThat(exit).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            one
            two
            -- api: run 18 begins --
            -- api: 120 lines are missing here --
            five
            """);
    assertThat(daemon.requests())
        .containsExactly(TailLogsRequest.newBuilder().setSelector(API).setFollow(true).build());
  }

  @Test
  void severalServicesHaveTheirNamesBeforeTheirLines() {
    LogLine worker = Wires.line(1, "late").toBuilder().setService("worker").build();
    LogLine error = Wires.line(2, "oh").toBuilder().setStream(LogStream.LOG_STREAM_STDERR).build();
    answer(Wires.batch(Wires.line(1, "hello"), worker, error));

    shell.run("logs", "--no-follow");

    assertThat(shell.out())
        .isEqualTo(
            """
            api | hello
            worker | late
            api    ! oh
            """);
  }

  @Test
  void linesOfAGroupSayWhoseTheyAre() {
    answer(Wires.batch(Wires.line(1, "hello")));

    shell.run("logs", "front", "--no-follow");

    assertThat(shell.out()).isEqualTo("api | hello\n");
  }

  /// T87, T100: escaped where it is shown, and only there.
  @Test
  void nothingAServiceWritesReachesTheTerminalUnescaped() {
    LogLine broken =
        Wires.line(2, "").toBuilder()
            .setText(ByteString.copyFrom(new byte[] {'a', (byte) 0xff, 'b', 0, 'c'}))
            .build();
    answer(Wires.batch(Wires.line(1, "\u001b[2J\u001b[31mred\u001b[0m 10%\r20%"), broken));

    shell.run("logs", "api", "--no-follow");

    assertThat(shell.out())
        .isEqualTo(
            """
            \\x1b[2Jred 10%\\r20%
            a\\xffb\\x00c
            """);
  }

  @Test
  void theReturnBeforeALinesEndIsNotShown() {
    answer(Wires.batch(Wires.line(1, "from a terminal\r"), Wires.line(2, "\r")));

    shell.run("logs", "api", "--no-follow");

    assertThat(shell.out()).isEqualTo("from a terminal\n\n");
  }

  @Test
  void rawIsExactlyWhatWasWritten() {
    LogLine first =
        Wires.line(1, "").toBuilder()
            .setText(ByteString.copyFrom(new byte[] {0, (byte) 0x88}))
            .setPartial(true)
            .build();
    answer(
        Wires.batch(
            first,
            Wires.marker(2, LogMarker.LOG_MARKER_ROTATED),
            Wires.line(3, "x"),
            Wires.line(4, "end").toBuilder().setPartial(true).build()));

    shell.run("logs", "api", "--raw", "--run", "previous");

    assertThat(shell.bytes()).isEqualTo(new byte[] {0, (byte) 0x88, 'x', '\n', 'e', 'n', 'd'});
    assertThat(daemon.requests())
        .containsExactly(TailLogsRequest.newBuilder().setSelector(API).setRunsBack(1).build());
  }

  @Test
  void jsonIsOneObjectALine() {
    LogLine broken =
        Wires.line(2, "").toBuilder()
            .setText(ByteString.copyFrom(new byte[] {(byte) 0xff}))
            .build();
    answer(
        Wires.batch(
            Wires.line(1, "say \"hi\"\t"), broken, Wires.marker(3, LogMarker.LOG_MARKER_END)));

    shell.run("-j", "logs", "api");

    assertThat(shell.out())
        .isEqualTo(
            """
            {"service":"api","run_id":17,"stream":"stdout","time":"2026-11-21T07:59:00.123Z",\
            "seq":1,"text":"say \\"hi\\"\\t","partial":false}
            {"service":"api","run_id":17,"stream":"stdout","time":"2026-11-21T07:59:00.123Z",\
            "seq":2,"bytes":"/w==","partial":false}
            {"service":"api","run_id":18,"time":"2026-11-21T07:59:01.000Z","seq":3,\
            "marker":"end"}
            """);
  }

  @Test
  void optionsBecomeTheRequest() {
    answer(Wires.batch());

    shell.run(
        "logs",
        "api",
        "-n",
        "all",
        "--since",
        "10m",
        "--until",
        "2026-11-21T08:00:00+01:00",
        "--stream",
        "stderr",
        "--grep",
        "x+",
        "--run",
        "12");

    assertThat(daemon.requests())
        .containsExactly(
            TailLogsRequest.newBuilder()
                .setSelector(API)
                .setAllLines(true)
                .setSince(Wires.at("2026-11-21T07:50:00Z"))
                .setUntil(Wires.at("2026-11-21T07:00:00Z"))
                .addStreams(LogStream.LOG_STREAM_STDERR)
                .setGrep("x+")
                .setRunId(12)
                .build());
  }

  @Test
  void followingGoesOnBehindTheLastLineWhenTheDaemonIsReplaced() {
    AtomicInteger calls = new AtomicInteger();
    daemon
        .on(
            LogReaderGrpc.getTailLogsMethod(),
            (request, observer) -> {
              if (calls.incrementAndGet() == 1) {
                observer.onNext(
                    Wires.batch(Wires.line(7, "before")).toBuilder()
                        .setCaughtUp(true)
                        .putEnds("api", 5)
                        .putEnds("quiet", 0)
                        .build());
                Thread.ofVirtual().start(this::replace);
              } else {
                observer.onNext(Wires.batch(Wires.line(8, "after")));
                observer.onCompleted();
              }
            })
        .start();

    int exit = shell.run("logs", "api", "-n", "3");

    assertThat(exit).as(shell.err()).isZero();
    assertThat(shell.out()).isEqualTo("before\nafter\n");
    assertThat(shell.err())
        .isEqualTo("-- lost the daemon, trying again --\n-- connected again --\n");
    assertThat(daemon.requests())
        .element(1)
        .isEqualTo(
            TailLogsRequest.newBuilder()
                .setSelector(API)
                .setFollow(true)
                .setSince(Wires.at(Shell.NOW.toString()))
                .putAfter("api", 7)
                .putAfter("quiet", 0)
                .build());
  }

  @Test
  void badOptionsAreTold() {
    assertThat(shell.run("logs", "--stream", "out")).isEqualTo(2);
    assertThat(shell.err()).isEqualTo("coffeyctl: --stream takes stdout or stderr, not 'out'\n");
    assertThat(shell.run("logs", "-n", "-3")).isEqualTo(2);
    assertThat(shell.run("logs", "--since", "yesterday")).isEqualTo(2);
    assertThat(shell.run("logs", "--local", "--follow")).isEqualTo(2);
    assertThat(shell.run("logs", "--dir", "/tmp")).isEqualTo(2);
    assertThat(shell.run("logs", "--local")).isEqualTo(2);
    assertThat(new String(shell.bytes(), StandardCharsets.UTF_8)).isEmpty();
  }

  private void replace() {
    daemon.stop();
    daemon.start();
  }

  private void answer(TailLogsResponse... batches) {
    daemon.answer(LogReaderGrpc.getTailLogsMethod(), batches).start();
  }
}
