package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.coffey.fleet.Command;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.ServiceState;
import dev.coffey.v1.WatchServicesRequest;
import dev.coffey.v1.WatchServicesResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchServicesTest {
  private static final int SERVICES = 40;

  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;

  @BeforeEach
  void open() throws Exception {
    ServiceSpec[] specs =
        IntStream.range(0, SERVICES)
            .mapToObj(i -> Plans.service("s" + i))
            .toArray(ServiceSpec[]::new);
    house = new TestHouse(dir, Plans.of(specs));
    server = new FaceServer(dir, house.house());
    house.supervisor.begin();
  }

  @AfterEach
  void close() {
    server.close();
    house.close();
  }

  private Iterator<WatchServicesResponse> watch(WatchServicesRequest request) {
    return ServiceControlGrpc.newBlockingStub(server.channel())
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .watchServices(request);
  }

  private void restart(int service) throws Exception {
    house
        .supervisor
        .submit(new Command.Restart(List.of(new ServiceName("s" + service))))
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void nothingFallsBetweenTheListAndTheWatch() throws Exception {
    Thread churn =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int i = 0; i < 400; i++) {
                  restart(i % SERVICES);
                }
                house
                    .supervisor
                    .submit(
                        new Command.Stop(List.of(new ServiceName("s9")), Command.Dependents.LEAVE))
                    .get();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    Iterator<WatchServicesResponse> watch = watch(WatchServicesRequest.getDefaultInstance());

    Map<String, Long> runs = new TreeMap<>();
    long revision = -1;
    while (true) {
      WatchServicesResponse news = watch.next();
      assertThat(news.getRevision()).isGreaterThanOrEqualTo(revision);
      revision = news.getRevision();
      news.getList().getServicesList().forEach(one -> runs.put(one.getName(), one.getRunId()));
      if (news.hasChanged()) {
        Service changed = news.getChanged();
        assertThat(changed.getRunId()).isGreaterThanOrEqualTo(runs.get(changed.getName()));
        runs.put(changed.getName(), changed.getRunId());
        // The last by name: all other changes up to this revision have come before it.
        if (changed.getName().equals("s9")
            && changed.getState() == ServiceState.SERVICE_STATE_STOPPED) {
          break;
        }
      }
    }
    churn.join();

    var list =
        ServiceControlGrpc.newBlockingStub(server.channel())
            .listServices(ListServicesRequest.getDefaultInstance());
    Map<String, Long> now = new TreeMap<>();
    list.getServicesList().forEach(one -> now.put(one.getName(), one.getRunId()));
    assertThat(runs).isEqualTo(now);
  }

  @Test
  void onlyWhatIsSelectedAndShownMakesNews() throws Exception {
    var request =
        WatchServicesRequest.newBuilder()
            .setSelector(ServiceSelector.newBuilder().addNames("s1"))
            .setReadMask(FieldMask.newBuilder().addPaths("desired"))
            .build();
    Iterator<WatchServicesResponse> watch = watch(request);

    assertThat(watch.next().getList().getServicesList()).hasSize(1);
    restart(1);
    restart(2);
    house
        .supervisor
        .submit(new Command.Stop(List.of(new ServiceName("s1")), Command.Dependents.LEAVE))
        .get();

    WatchServicesResponse news = watch.next();
    assertThat(news.getChanged().getName()).isEqualTo("s1");
    assertThat(news.getChanged().getDesired().getNumber())
        .isEqualTo(dev.coffey.v1.Desired.DESIRED_DOWN_VALUE);
    assertThat(news.getChanged().hasPid()).isFalse();
  }
}
