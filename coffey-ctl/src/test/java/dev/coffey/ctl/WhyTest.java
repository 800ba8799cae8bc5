package dev.coffey.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.v1.Dependency;
import dev.coffey.v1.DependencyCondition;
import dev.coffey.v1.GetServiceResponse;
import dev.coffey.v1.ListServicesResponse;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhyTest {
  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void waitingServiceIsExplainedByTheOneThatAllIsAbout() {
    Service api =
        Service.newBuilder()
            .setName("api")
            .setState(ServiceState.SERVICE_STATE_WAITING)
            .setReason("waits for 'db' to be healthy")
            .addDependsOn(
                Dependency.newBuilder()
                    .setName("db")
                    .setCondition(DependencyCondition.DEPENDENCY_CONDITION_HEALTHY))
            .build();
    answer(api, Wires.db());

    int exit = shell.run("why", "api");

    assertThat(exit).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            api is waiting
              waits for 'db' to be healthy
                'db' is backoff: exit code 1 (for 2 s)
            -> see what it said: coffeyctl logs db --no-follow
            -> try it again now: coffeyctl start db
            """);
  }

  @Test
  void healthyServiceNeedsNoExplanation() {
    answer(Wires.api(), Wires.db());

    assertThat(shell.run("why", "api")).isZero();
    assertThat(shell.out()).isEqualTo("api is running\n");
  }

  @Test
  void scheduledServiceIsExplainedByItsScheduleAndItsNextRun() {
    Service job =
        Service.newBuilder()
            .setName("job")
            .setState(ServiceState.SERVICE_STATE_WAITING)
            .setReason("waits for its schedule, every 10m")
            .setNextRun(Wires.at("2026-05-01T12:10:00Z"))
            .build();
    answer(job, Wires.db());

    assertThat(shell.run("why", "job")).isZero();
    assertThat(shell.out())
        .contains("waits for its schedule, every 10m\n")
        .containsPattern("its next run is at 2026-\\S+");
  }

  private void answer(Service asked, Service other) {
    daemon.answer(
        ServiceControlGrpc.getGetServiceMethod(),
        GetServiceResponse.newBuilder().setService(asked).build());
    daemon
        .answer(
            ServiceControlGrpc.getListServicesMethod(),
            ListServicesResponse.newBuilder().addServices(asked).addServices(other).build())
        .start();
  }
}
