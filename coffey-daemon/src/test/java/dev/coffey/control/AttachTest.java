package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.RunOutput;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.v1.AttachRequest;
import dev.coffey.v1.AttachResponse;
import dev.coffey.v1.AttachStart;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.StopServicesRequest;
import dev.coffey.v1.TerminalSize;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachTest {
  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;
  private final Answers answers = new Answers();

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(dir, Plans.of(talking(Plans.service("web")), Plans.service("mute")));
    server = new FaceServer(dir, house.house());
    house.supervisor.begin();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    house.close();
  }

  @Test
  void whatIsTypedAndTheSizeOfTheScreenReachTheRun() throws Exception {
    StreamObserver<AttachRequest> requests = attach(start("web"));
    assertThat(answers.next().getService().getName()).isEqualTo("web");
    awaitRun();

    requests.onNext(
        AttachRequest.newBuilder()
            .setResize(TerminalSize.newBuilder().setRows(50).setColumns(132))
            .build());
    requests.onNext(
        AttachRequest.newBuilder().setInput(ByteString.copyFromUtf8("hello\n")).build());

    awaitInput("50x132", "hello\n");
    requests.onCompleted();
    assertThat(answers.end()).isEqualTo(Status.Code.OK);
  }

  @Test
  void whatIsWrittenComesAsItIs() throws Exception {
    attach(start("web"));
    answers.next();
    RunId run = awaitRun();
    RunOutput output = house.logs.openRun(new ServiceName("web"), run, LogSpec.DEFAULT);
    house.logs.started(run, 1);

    Files.writeString(
        Path.of("/proc/self/fd/" + output.stdout()), "no line \u001b[1m", StandardOpenOption.WRITE);

    assertThat(answers.nextOutput()).isEqualTo("no line \u001b[1m");
  }

  @Test
  void theEndOfARunIsToldAndTheAttachmentGoesOn() throws Exception {
    attach(start("web"));
    answers.next();
    awaitRun();
    var services = ServiceControlGrpc.newBlockingStub(server.channel());

    services
        .stopServices(
            StopServicesRequest.newBuilder()
                .setSelector(ServiceSelector.newBuilder().addNames("web"))
                .build())
        .forEachRemaining(_ -> {});

    AttachResponse next = answers.next();
    while (!next.hasEnded()) {
      next = answers.next();
    }
    assertThat(next.getEnded().getSignal()).isEqualTo("TERM");
  }

  @Test
  void aMisspeltNameIsNotFound() throws Exception {
    attach(start("wep"));

    assertThat(answers.end()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void whoHasNeitherATerminalNorAnInputIsRefused() throws Exception {
    attach(start("mute"));

    assertThat(answers.end()).isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  private static ServiceSpec talking(ServiceSpec spec) {
    ExecSpec exec = spec.exec();
    return spec.with(
        new ExecSpec(
            exec.command(),
            exec.directory(),
            exec.env(),
            exec.credentials(),
            exec.resources(),
            ExecSpec.Stdin.PIPE,
            false));
  }

  @Test
  void whoDoesNotSayWhichServiceIsRefused() throws Exception {
    attach(AttachRequest.newBuilder().setCloseInput(true).build());

    assertThat(answers.end()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private static AttachRequest start(String service) {
    return AttachRequest.newBuilder()
        .setStart(AttachStart.newBuilder().setService(service))
        .build();
  }

  private StreamObserver<AttachRequest> attach(AttachRequest first) {
    StreamObserver<AttachRequest> requests =
        ServiceControlGrpc.newStub(server.channel()).attach(answers);
    requests.onNext(first);
    return requests;
  }

  private RunId awaitRun() throws InterruptedException {
    ServiceName web = new ServiceName("web");
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < deadline) {
      var service = house.supervisor.snapshot().fleet().service(web).orElseThrow();
      if (service.state().process().isPresent()) {
        return service.state().process().get().id();
      }
      Thread.sleep(5);
    }
    throw new AssertionError("no run");
  }

  private void awaitInput(String... pieces) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (house.ground.input.size() < pieces.length && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertThat(house.ground.input).containsExactly(pieces);
  }

  private static final class Answers implements StreamObserver<AttachResponse> {
    private final BlockingQueue<AttachResponse> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Status.Code> ends = new LinkedBlockingQueue<>();

    AttachResponse next() throws InterruptedException {
      AttachResponse next = messages.poll(60, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      return next;
    }

    String nextOutput() throws InterruptedException {
      AttachResponse next = next();
      while (!next.hasOutput()) {
        next = next();
      }
      return next.getOutput().getData().toStringUtf8();
    }

    Status.Code end() throws InterruptedException {
      return ends.poll(60, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(AttachResponse message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      ends.add(Status.fromThrowable(failure).getCode());
    }

    @Override
    public void onCompleted() {
      ends.add(Status.Code.OK);
    }
  }
}
