package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceControlGrpc.ServiceControlBlockingStub;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.StopServicesRequest;
import dev.coffey.v1.WatchServicesRequest;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A group's name stands for all services in it, wherever services are named.
class GroupsTest {
  private static final Problem PROBLEM =
      new Problem(Problem.Severity.ERROR, "unknown-key", "db.yaml:1:1", "", "unknown key", "", "");

  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;
  private ServiceControlBlockingStub services;

  @BeforeEach
  void open() throws Exception {
    Plan sound = Plans.of(Plans.service("api"), Plans.service("web@1"), Plans.service("web@2"));
    var invalid = new TreeMap<>(Map.of(new ServiceName("db"), PROBLEM));
    var groups = new TreeMap<String, SortedSet<ServiceName>>();
    groups.put("front", members("web@1", "web@2"));
    groups.put("back", members("api", "db"));
    groups.put("stores", members("db"));
    groups.put("nobody", members());
    house = new TestHouse(dir, new Plan(sound.daemon(), sound.services(), invalid, groups));
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

  private static SortedSet<ServiceName> members(String... names) {
    return Stream.of(names).map(ServiceName::new).collect(Collectors.toCollection(TreeSet::new));
  }

  private static ServiceSelector named(String... names) {
    return ServiceSelector.newBuilder().addAllNames(List.of(names)).build();
  }

  private List<String> list(String... names) {
    return services
        .listServices(ListServicesRequest.newBuilder().setSelector(named(names)).build())
        .getServicesList()
        .stream()
        .map(Service::getName)
        .toList();
  }

  @Test
  void statusShowsItsServicesThoseThatDidNotLoadAmongThem() {
    assertThat(list("front")).containsExactly("web@1", "web@2");
    assertThat(list("back")).containsExactly("api", "db");
    assertThat(list("front", "api")).containsExactly("api", "web@1", "web@2");
  }

  @Test
  void stopStopsItsServicesAndNoOther() {
    Iterator<OperationProgress> progress =
        services.stopServices(StopServicesRequest.newBuilder().setSelector(named("front")).build());
    progress.forEachRemaining(_ -> {});

    assertThat(house.world.signals).containsExactlyInAnyOrder("web@1 TERM", "web@2 TERM");
  }

  @Test
  void watchListsItsServicesOnly() {
    var watch =
        services.watchServices(
            WatchServicesRequest.newBuilder().setSelector(named("front")).build());

    assertThat(watch.next().getList().getServicesList())
        .extracting(Service::getName)
        .containsExactly("web@1", "web@2");
  }

  @Test
  void whatCannotBeMeantIsTold() {
    var stores = StopServicesRequest.newBuilder().setSelector(named("stores")).build();

    assertThatThrownBy(() -> list("nobody")).hasMessageContaining("no service fits 'nobody'");
    assertThatThrownBy(() -> list("frnt"))
        .hasMessageContaining("no service is named 'frnt'; did you mean 'front'?");
    assertThatThrownBy(() -> services.stopServices(stores).hasNext())
        .hasMessageContaining("the configuration of service 'db' does not load");
  }
}
