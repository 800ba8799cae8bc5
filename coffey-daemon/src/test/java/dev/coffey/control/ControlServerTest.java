package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.coffey.events.Events;
import dev.coffey.events.News;
import dev.coffey.v1.DaemonControlGrpc;
import dev.coffey.v1.EventReaderGrpc;
import dev.coffey.v1.GetInfoRequest;
import dev.coffey.v1.GetInfoResponse;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.ReopenLogsRequest;
import dev.coffey.v1.RestartServicesRequest;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.WatchEventsRequest;
import dev.coffey.v1.WatchEventsResponse;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringTokenizer;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SocketDirectory.class)
class ControlServerTest {
  private static final EpollEventLoopGroup THREADS = new EpollEventLoopGroup(1);

  private final Path dir =
      Path.of(ConfigProvider.getConfig().getValue("coffey.test.dir", String.class));

  @Inject Events events;

  private ManagedChannel channel;

  @BeforeEach
  void connect() throws InterruptedException {
    await(() -> Files.exists(socket()));
    channel = FaceServer.channel(socket(), THREADS);
  }

  @AfterAll
  static void close() {
    THREADS.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  private Path socket() {
    return dir.resolve("c.sock");
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(5);
    }
  }

  private GetInfoResponse info() {
    return DaemonControlGrpc.newBlockingStub(channel)
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .getInfo(GetInfoRequest.getDefaultInstance());
  }

  private SocketChannel raw() throws IOException {
    SocketChannel raw = SocketChannel.open(StandardProtocolFamily.UNIX);
    raw.connect(UnixDomainSocketAddress.of(socket()));
    return raw;
  }

  @Test
  void theSocketAnswersAndOnlyItsOwnerMayConnect() throws Exception {
    assertThat(info().getDaemon().getVersion()).isEqualTo("1.2.3");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");
  }

  @Test
  void everyCommandCarriesTheCallersPidAndUid() throws Exception {
    var request =
        RestartServicesRequest.newBuilder()
            .setSelector(ServiceSelector.newBuilder().addNames("api"))
            .build();

    List<OperationProgress> progress =
        ImmutableList.copyOf(
            ServiceControlGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .restartServices(request));

    var caller = progress.getLast().getDone().getCaller();
    assertThat(caller.getPid()).isEqualTo((int) ProcessHandle.current().pid());
    assertThat(caller.getUid())
        .isEqualTo(((Integer) Files.getAttribute(dir, "unix:uid")).longValue());
  }

  @Test
  void whatIsNotBuiltYetIsUnimplemented() throws Exception {
    var stub = DaemonControlGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);

    Failed failed = Failed.of(() -> stub.reopenLogs(ReopenLogsRequest.getDefaultInstance()));

    assertThat(failed.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void theStandardHealthServiceServes() {
    var answer =
        HealthGrpc.newBlockingStub(channel)
            .withDeadlineAfter(60, TimeUnit.SECONDS)
            .check(HealthCheckRequest.getDefaultInstance());

    assertThat(answer.getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void nothingListensOnTcp() throws Exception {
    String listening = Files.readString(Path.of("/proc/net/tcp"));
    List<String> ours = new ArrayList<>();
    try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path link : links) {
        if (Files.isSymbolicLink(link)) {
          String target = Files.readSymbolicLink(link).toString();
          if (target.startsWith("socket:[")) {
            ours.add(target.substring(8, target.length() - 1));
          }
        }
      }
    }

    List<String> listeners =
        listening.lines().filter(line -> line.contains(" 0A ")).map(String::trim).toList();

    assertThat(listeners).noneMatch(line -> ours.contains(inode(line)));
  }

  private static String inode(String line) {
    StringTokenizer words = new StringTokenizer(line);
    for (int i = 0; i < 9; i++) {
      words.nextToken();
    }
    return words.nextToken();
  }

  @Test
  void aClientThatGoesAwayAtAnyByteHarmsNobody() throws Exception {
    byte[] call = preface();
    for (int bytes = 0; bytes <= call.length; bytes++) {
      try (SocketChannel raw = raw()) {
        int _ = raw.write(ByteBuffer.wrap(call, 0, bytes));
      }
    }

    assertThat(info().getDaemon().getPid()).isEqualTo(4711);
  }

  @Test
  void garbageHarmsNobody() throws Exception {
    SplittableRandom chance = new SplittableRandom(4711);
    for (int i = 0; i < 200; i++) {
      byte[] garbage = new byte[chance.nextInt(1, 400)];
      chance.nextBytes(garbage);
      try (SocketChannel raw = raw()) {
        if (i % 2 == 0) {
          int _ = raw.write(ByteBuffer.wrap(preface()));
        }
        int _ = raw.write(ByteBuffer.wrap(garbage));
      } catch (IOException _) {
        // The server has hung up first, which is its right.
      }
    }

    assertThat(info().getDaemon().getPid()).isEqualTo(4711);
  }

  @Test
  void oneUserGetsOnlyItsShareOfConnections() throws Exception {
    List<SocketChannel> open = new ArrayList<>();
    try {
      for (int i = 0; i < DoorKeeper.CONNECTIONS_PER_UID_MAX + 50; i++) {
        open.add(raw());
      }

      await(() -> closedByServer(open) >= 50);
    } finally {
      for (SocketChannel one : open) {
        one.close();
      }
    }
    assertThat(info().getDaemon().getPid()).isEqualTo(4711);
  }

  @Test
  void aMessageOverTheLimitIsRefused() throws Exception {
    var request =
        RestartServicesRequest.newBuilder()
            .setSelector(ServiceSelector.newBuilder().addNames("x".repeat(2 << 20)))
            .build();
    var stub = ServiceControlGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);

    Failed failed = Failed.of(() -> stub.restartServices(request).hasNext());

    assertThat(failed.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void aReaderThatDoesNotReadIsNotBufferedForButToldWhatItMissed() throws Exception {
    ClientCall<WatchEventsRequest, WatchEventsResponse> call =
        channel.newCall(EventReaderGrpc.getWatchEventsMethod(), CallOptions.DEFAULT);
    LinkedBlockingQueue<WatchEventsResponse> got = new LinkedBlockingQueue<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(WatchEventsResponse batch) {
            got.add(batch);
          }
        },
        new Metadata());
    call.request(1);
    call.sendMessage(WatchEventsRequest.newBuilder().setAfterSeq(0).setFollow(true).build());
    call.halfClose();
    assertThat(got.poll(60, TimeUnit.SECONDS)).isNotNull();
    int happened = 20_000;
    for (int i = 0; i < happened; i++) {
      events.append(Instant.now(), News.of("service.started").because("x".repeat(1000)));
      LockSupport.parkNanos(20_000);
    }

    call.request(Integer.MAX_VALUE);

    long seen = 0;
    long missed = 0;
    while (seen < happened) {
      WatchEventsResponse batch = got.poll(60, TimeUnit.SECONDS);
      assertThat(batch).isNotNull();
      missed += batch.getMissed();
      seen = batch.getLastSeq();
    }
    call.cancel("seen enough", null);
    assertThat(missed).isPositive();
  }

  private static long closedByServer(List<SocketChannel> open) {
    return open.stream().filter(ControlServerTest::atEnd).count();
  }

  private static boolean atEnd(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      int read = channel.read(ByteBuffer.allocate(1024));
      return read < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private static byte[] preface() {
    byte[] magic = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(magic.length + 9)
        .put(magic)
        .put(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0})
        .array();
  }
}
