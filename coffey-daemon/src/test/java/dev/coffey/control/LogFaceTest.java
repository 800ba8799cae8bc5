package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.RunOutput;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.LogLine;
import dev.coffey.v1.LogMarker;
import dev.coffey.v1.LogReaderGrpc;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFaceTest {
  private static final ServiceName DB = new ServiceName("db");
  private static final ServiceName API = new ServiceName("api");

  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(dir, Plans.of(Plans.service("db"), Plans.service("api")));
    server = new FaceServer(dir, house.house());
  }

  @AfterEach
  void close() {
    server.close();
    house.close();
  }

  private OutputStream run(ServiceName service, long run) throws IOException {
    RunOutput output = house.logs.openRun(service, new RunId(run), LogSpec.DEFAULT);
    OutputStream stdout = Files.newOutputStream(Path.of("/proc/self/fd/" + output.stdout()));
    house.logs.started(new RunId(run), 1);
    return stdout;
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void awaitLines(ServiceName service, int lines) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (house.logs.tail(service, lines + 1).size() < lines) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(5);
    }
  }

  private Iterator<TailLogsResponse> tail(TailLogsRequest.Builder request) {
    return LogReaderGrpc.newBlockingStub(server.channel())
        .withDeadlineAfter(120, TimeUnit.SECONDS)
        .tailLogs(request.build());
  }

  private List<String> texts(TailLogsRequest.Builder request) {
    List<String> texts = new ArrayList<>();
    ImmutableList.copyOf(tail(request)).forEach(batch -> texts.addAll(texts(batch)));
    return texts;
  }

  private static List<String> texts(TailLogsResponse batch) {
    return batch.getLinesList().stream()
        .filter(line -> line.getMarker() == LogMarker.LOG_MARKER_UNSPECIFIED)
        .map(line -> line.getText().toStringUtf8())
        .toList();
  }

  @Test
  void theLastLinesOfSeveralServicesAreCountedTogether() throws Exception {
    OutputStream db = run(DB, 1);
    OutputStream api = run(API, 2);
    for (int i = 0; i < 3; i++) {
      write(db, "db " + i);
      awaitLines(DB, i + 1);
      write(api, "api " + i);
      awaitLines(API, i + 1);
    }

    assertThat(texts(TailLogsRequest.newBuilder().setLines(3)))
        .containsExactly("api 1", "db 2", "api 2");
    assertThat(texts(TailLogsRequest.newBuilder()))
        .containsExactly("db 0", "api 0", "db 1", "api 1", "db 2", "api 2");
    assertThat(texts(TailLogsRequest.newBuilder().setGrep("^d.*[12]$")))
        .containsExactly("db 1", "db 2");
    assertThat(texts(TailLogsRequest.newBuilder().setLines(0))).isEmpty();
  }

  @Test
  void aFollowerGetsEveryLineOnceOverTheSeamOfPastAndPresent() throws Exception {
    OutputStream db = run(DB, 1);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int i = 0; i < 3000; i++) {
                  write(db, "line " + i);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    awaitLines(DB, 100);
    var watch = tail(TailLogsRequest.newBuilder().setAllLines(true).setFollow(true));

    List<String> seen = new ArrayList<>();
    int caughtUp = 0;
    while (seen.size() < 3000) {
      TailLogsResponse batch = watch.next();
      seen.addAll(texts(batch));
      caughtUp += batch.getCaughtUp() ? 1 : 0;
    }
    writer.join();

    assertThat(seen)
        .containsExactlyElementsOf(IntStream.range(0, 3000).mapToObj(i -> "line " + i).toList());
    assertThat(caughtUp).isEqualTo(1);
  }

  @Test
  void aReaderResumesAfterTheLastEntryItHas() throws Exception {
    OutputStream db = run(DB, 1);
    write(db, "one");
    write(db, "two");
    awaitLines(DB, 2);
    LogLine one =
        tail(TailLogsRequest.newBuilder()).next().getLinesList().stream()
            .filter(line -> line.getText().toStringUtf8().equals("one"))
            .findFirst()
            .orElseThrow();

    assertThat(texts(TailLogsRequest.newBuilder().putAfter("db", one.getSeq())))
        .containsExactly("two");
  }

  /// A reader whose connection breaks goes on where it was, also with a service that had written
  /// nothing meanwhile, and whatever the clocks say.
  @Test
  void aFollowerThatComesBackMissesNothingAndGetsNothingTwice() throws Exception {
    OutputStream db = run(DB, 1);
    write(db, "db old");
    awaitLines(DB, 1);
    TailLogsRequest.Builder request = TailLogsRequest.newBuilder().setFollow(true);
    TailLogsResponse seam = tail(request.clone()).next();
    assertThat(seam.getEndsMap()).containsOnlyKeys("db", "api").containsEntry("api", 0L);
    server.close();
    Files.deleteIfExists(dir.resolve("f.sock"));
    write(db, "db new");
    write(run(API, 2), "api new");
    awaitLines(DB, 2);
    awaitLines(API, 1);

    server = new FaceServer(dir, house.house());
    Instant later = Instant.now().plus(Duration.ofDays(1));
    var again =
        tail(request.clone().putAllAfter(seam.getEndsMap()).setSince(WallTime.timestamp(later)));
    List<String> seen = new ArrayList<>();
    while (seen.size() < 2) {
      seen.addAll(texts(again.next()));
    }

    assertThat(seen).containsExactlyInAnyOrder("db new", "api new");
  }

  /// A reader that counts itself in with its first batch.
  private record Opened(CountDownLatch others) implements StreamObserver<TailLogsResponse> {
    @Override
    public void onNext(TailLogsResponse batch) {
      if (batch.getCaughtUp()) {
        others.countDown();
      }
    }

    @Override
    public void onError(Throwable problem) {}

    @Override
    public void onCompleted() {}
  }

  @Test
  void readersOverTheLimitOfOneClientAreRefusedAndTheOthersGoOn() throws Exception {
    OutputStream db = run(DB, 1);
    TailLogsRequest.Builder request = TailLogsRequest.newBuilder().setFollow(true);
    var first = tail(request);
    assertThat(first.next().getCaughtUp()).isTrue();
    CountDownLatch others = new CountDownLatch(CallQuota.CALLS_PER_UID_MAX - 1);
    for (int i = 1; i < CallQuota.CALLS_PER_UID_MAX; i++) {
      LogReaderGrpc.newStub(server.channel()).tailLogs(request.build(), new Opened(others));
    }
    assertThat(others.await(120, TimeUnit.SECONDS)).isTrue();

    Failed failed = Failed.of(() -> tail(request).next());
    write(db, "still heard");

    assertThat(failed.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failed.reason()).isEqualTo("TOO_MANY");
    List<String> seen = new ArrayList<>();
    while (seen.isEmpty()) {
      seen.addAll(texts(first.next()));
    }
    assertThat(seen).containsExactly("still heard");
  }

  @Test
  void aServiceThatIsStartedLaterIsHeardFromItsFirstLine() throws Exception {
    var watch =
        tail(
            TailLogsRequest.newBuilder()
                .setSelector(ServiceSelector.newBuilder().addNames("db"))
                .setFollow(true));
    assertThat(watch.next().getCaughtUp()).isTrue();

    write(run(DB, 1), "first");
    house.supervisor.begin();

    List<String> seen = new ArrayList<>();
    while (seen.isEmpty()) {
      seen.addAll(texts(watch.next()));
    }
    assertThat(seen).containsExactly("first");
  }

  @Test
  void aRunThatTheLogDoesNotHaveIsNotFound() throws Exception {
    write(run(DB, 1), "one");
    awaitLines(DB, 1);

    assertThat(texts(TailLogsRequest.newBuilder().setRunId(1))).containsExactly("one");
    Failed failed = Failed.of(() -> texts(TailLogsRequest.newBuilder().setRunsBack(1)));

    assertThat(failed.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failed.reason()).isEqualTo("NO_SUCH_RUN");
  }

  @Test
  void aReaderThatDoesNotReadSlowsNoWriter() throws Exception {
    OutputStream db = run(DB, 1);
    var stuck = tail(TailLogsRequest.newBuilder().setAllLines(true).setFollow(true));
    String line = "x".repeat(1000);

    for (int i = 0; i < 8000; i++) {
      write(db, line);
    }
    write(db, "the end");
    awaitLines(DB, 8001);

    assertThat(house.logs.tail(DB, 1).getFirst().text()).asString().isEqualTo("the end");
    assertThat(stuck).isNotNull();
  }
}
