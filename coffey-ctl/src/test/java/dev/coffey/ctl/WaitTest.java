package dev.coffey.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.v1.ListServicesResponse;
import dev.coffey.v1.Result;
import dev.coffey.v1.ResultKind;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceList;
import dev.coffey.v1.ServiceState;
import dev.coffey.v1.WatchServicesResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitTest {
  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @BeforeEach
  void twoServicesExist() {
    daemon
        .answer(
            ServiceControlGrpc.getListServicesMethod(),
            ListServicesResponse.newBuilder()
                .addServices(Wires.api())
                .addServices(Wires.db())
                .build())
        .start();
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void handsOnTheExitCodeOfTheService() {
    watch(list(Wires.api()), changed(ended(3)));

    assertThat(shell.run("wait", "api")).isEqualTo(3);
  }

  @Test
  void handsOnASignalAsAShellWould() {
    Result killed = Wires.api().getResult();
    Service dead = ended(0).toBuilder().setResult(killed).build();
    watch(list(Wires.api()), changed(dead));

    assertThat(shell.run("wait", "api")).isEqualTo(137);
  }

  @Test
  void waitingForHealthSucceedsWhenItIsThere() {
    watch(list(Wires.db()), changed(Wires.db()), changed(Wires.api()), removed("db"));

    assertThat(shell.run("wait", "--all", "--for", "healthy")).isZero();
  }

  @Test
  void waitingForHealthFailsWhenTheServiceHasFailedForGood() {
    Service starting =
        Wires.api().toBuilder().setState(ServiceState.SERVICE_STATE_STARTING).build();
    watch(list(starting), changed(ended(1)));

    assertThat(shell.run("wait", "api", "--for", "healthy")).isEqualTo(1);
  }

  @Test
  void patienceEndsWith124AndSaysWhatIsLate() {
    watch(list(Wires.db()));

    assertThat(shell.run("wait", "db", "--timeout", "200ms")).isEqualTo(124);
    assertThat(shell.err()).isEqualTo("coffeyctl: still waiting: 'db' is backoff\n");
  }

  @Test
  void questionsAnswerByTheirExitCode() {
    assertThat(shell.run("is-active", "api", "db")).isEqualTo(3);
    assertThat(shell.out()).isEqualTo("api: running\ndb: backoff\n");
    assertThat(shell.run("is-failed", "--all", "-q")).isEqualTo(1);
    assertThat(shell.out()).isEmpty();
  }

  private void watch(WatchServicesResponse... news) {
    daemon.on(
        ServiceControlGrpc.getWatchServicesMethod(),
        (request, observer) -> {
          for (WatchServicesResponse each : news) {
            observer.onNext(each);
          }
        });
  }

  private static WatchServicesResponse list(Service service) {
    return WatchServicesResponse.newBuilder()
        .setList(ServiceList.newBuilder().addServices(service))
        .build();
  }

  private static WatchServicesResponse changed(Service service) {
    return WatchServicesResponse.newBuilder().setChanged(service).build();
  }

  private static WatchServicesResponse removed(String name) {
    return WatchServicesResponse.newBuilder().setRemoved(name).build();
  }

  private static Service ended(int code) {
    return Service.newBuilder()
        .setName("api")
        .setState(ServiceState.SERVICE_STATE_FAILED)
        .setResult(Result.newBuilder().setKind(ResultKind.RESULT_KIND_EXIT_CODE).setExitCode(code))
        .build();
  }
}
