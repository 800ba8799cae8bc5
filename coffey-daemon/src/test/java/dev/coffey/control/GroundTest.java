package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.usage.Sampler;
import dev.coffey.v1.DaemonControlGrpc;
import dev.coffey.v1.DiagnoseRequest;
import dev.coffey.v1.Finding;
import dev.coffey.v1.FindingLevel;
import dev.coffey.v1.GetServiceRequest;
import dev.coffey.v1.RestartServicesRequest;
import dev.coffey.v1.SendInputRequest;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceControlGrpc.ServiceControlBlockingStub;
import dev.coffey.v1.ServiceSelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What faces tell of the machine beneath.
class GroundTest {
  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;
  private ServiceControlBlockingStub services;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(dir, Plans.of(bounded(Plans.service("web")), Plans.service("db")));
    server = new FaceServer(dir, house.house());
    services =
        ServiceControlGrpc.newBlockingStub(server.channel())
            .withDeadlineAfter(60, TimeUnit.SECONDS);
    house.supervisor.begin();
    webOnce(Service::hasPid);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    house.close();
  }

  @Test
  void aServiceShowsWhatItsRunUsesAndANewRunNeverTheOldNumbers() throws Exception {
    RunId run = new RunId(webOnce(Service::hasPid).getRunId());
    int pid = (int) ProcessHandle.current().pid();
    try (Sampler sampler = new Sampler(house.usages, () -> Map.of(run, pid))) {
      sampler.begin();

      Service web = webOnce(Service::hasMemoryBytes);

      assertThat(web.getMemoryBytes()).isGreaterThan(1 << 20);
      assertThat(web.getTasks()).isGreaterThan(1);
      assertThat(web.getDescriptors()).isGreaterThan(3);
      assertThat(web.getCpuPercent()).isPositive();
      services
          .restartServices(
              RestartServicesRequest.newBuilder()
                  .setSelector(ServiceSelector.newBuilder().addNames("web"))
                  .build())
          .forEachRemaining(_ -> {});
      Service next = webOnce(Service::hasPid);
      assertThat(next.getRunId()).isGreaterThan(run.value());
      assertThat(next.hasMemoryBytes()).isFalse();
      assertThat(next.hasCpuPercent()).isFalse();
    }
  }

  @Test
  void aBoundWithoutEffectIsNoticed() throws Exception {
    assertThat(webOnce(Service::hasPid).getNoticesList()).containsExactly("cgroup has no effect");
  }

  @Test
  void diagnosisTellsWhatIsThereAndWhatIsDoneWithout() {
    var daemon = DaemonControlGrpc.newBlockingStub(server.channel());

    var findings = daemon.diagnose(DiagnoseRequest.getDefaultInstance()).getFindingsList();

    assertThat(findings)
        .containsExactly(
            finding("process", FindingLevel.FINDING_LEVEL_GOOD, "pidfd"),
            finding("cgroup", FindingLevel.FINDING_LEVEL_MISSING, "cgroup v2, writable: by mark"));
  }

  @Test
  void inputGoesToWhoTakesSomeUntilItIsClosed() throws Exception {
    SendInputRequest line =
        SendInputRequest.newBuilder()
            .setService("web")
            .setData(ByteString.copyFromUtf8("hello\n"))
            .setClose(true)
            .build();

    assertThat(services.sendInput(line).getWrittenBytes()).isEqualTo(6);

    assertThat(house.ground.input).containsExactly("hello\n");
    assertThat(Failed.of(() -> services.sendInput(line)).reason()).isEqualTo("NO_INPUT");
    assertThat(
            Failed.of(() -> services.sendInput(line.toBuilder().setService("db").build()))
                .message())
        .isEqualTo("service 'db' takes no input: it has neither 'stdin: pipe' nor 'tty: true'");
  }

  private static Finding finding(String topic, FindingLevel level, String message) {
    return Finding.newBuilder().setTopic(topic).setLevel(level).setMessage(message).build();
  }

  private Service webOnce(Predicate<Service> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      Service web =
          services.getService(GetServiceRequest.newBuilder().setName("web").build()).getService();
      if (wanted.test(web) || System.nanoTime() > deadline) {
        return web;
      }
      Thread.sleep(5);
    }
  }

  private static ServiceSpec bounded(ServiceSpec spec) {
    ExecSpec exec = spec.exec();
    return spec.with(
        new ExecSpec(
            exec.command(),
            exec.directory(),
            exec.env(),
            exec.credentials(),
            new ResourceSpec(
                null, null, null, 0, new TreeMap<>(), new ResourceSpec.Cgroup("1048576", "", "")),
            ExecSpec.Stdin.PIPE,
            false));
  }
}
