package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.GetServiceRequest;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceControlGrpc.ServiceControlBlockingStub;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.ServiceState;
import dev.coffey.v1.StartServicesRequest;
import dev.coffey.v1.WatchServicesRequest;
import dev.coffey.v1.WatchServicesResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service whose drop-in did not load at boot is shown with the problem, and is out of reach.
class InvalidServicesTest {
  private static final Problem PROBLEM =
      new Problem(
          Problem.Severity.ERROR,
          "unknown-key",
          "/etc/coffey/services.d/db.yaml:1:1",
          "services.db.binry",
          "unknown key 'binry'",
          "",
          "");

  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;
  private ServiceControlBlockingStub services;

  @BeforeEach
  void open() throws Exception {
    Plan sound = Plans.of(Plans.service("web"));
    var invalid = new TreeMap<>(Map.of(new ServiceName("db"), PROBLEM));
    house =
        new TestHouse(dir, new Plan(sound.daemon(), sound.services(), invalid, new TreeMap<>()));
    server = new FaceServer(dir, house.house());
    services =
        ServiceControlGrpc.newBlockingStub(server.channel())
            .withDeadlineAfter(60, TimeUnit.SECONDS);
    house.supervisor.begin();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    house.close();
  }

  private static ServiceSelector named(String... names) {
    return ServiceSelector.newBuilder().addAllNames(List.of(names)).build();
  }

  @Test
  void itIsListedWithWhatIsWrong() {
    var all = services.listServices(ListServicesRequest.getDefaultInstance()).getServicesList();
    var one =
        services
            .listServices(ListServicesRequest.newBuilder().setSelector(named("db")).build())
            .getServicesList();

    assertThat(all).extracting(Service::getName).containsExactly("web", "db");
    assertThat(one).containsExactly(all.getLast());
    assertThat(one.getFirst().getState()).isEqualTo(ServiceState.SERVICE_STATE_INVALID);
    assertThat(one.getFirst().getReason())
        .isEqualTo("/etc/coffey/services.d/db.yaml:1:1: unknown key 'binry'");
    assertThat(services.getService(GetServiceRequest.newBuilder().setName("db").build()))
        .extracting(answer -> answer.getService())
        .isEqualTo(one.getFirst());
  }

  @Test
  void itCannotBeStarted() {
    var start = StartServicesRequest.newBuilder().setSelector(named("db", "web")).build();

    assertThatThrownBy(() -> services.startServices(start).next())
        .hasMessageContaining("the configuration of service 'db' does not load")
        .hasMessageContaining("db.yaml:1:1: unknown key 'binry'");
  }

  @Test
  void itIsGoneFromAWatchWhenAReloadHasSetItRight() throws Exception {
    Iterator<WatchServicesResponse> news =
        services.watchServices(WatchServicesRequest.getDefaultInstance());
    assertThat(news.next().getList().getServicesList()).extracting(Service::getName).contains("db");

    var _ = house.supervisor.replan(Plans.of(Plans.service("web"))).get(60, TimeUnit.SECONDS);

    WatchServicesResponse next = news.next();
    while (!next.hasRemoved()) {
      next = news.next();
    }
    assertThat(next.getRemoved()).isEqualTo("db");
  }
}
