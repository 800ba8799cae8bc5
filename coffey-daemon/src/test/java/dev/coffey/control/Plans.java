package dev.coffey.control;

import dev.coffey.spec.About;
import dev.coffey.spec.Command;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.Dependency.Reactions;
import dev.coffey.spec.Plan;
import dev.coffey.spec.Relations;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Short words for plans.
final class Plans {
  private Plans() {}

  static ServiceSpec service(String name, String... requirements) {
    List<Dependency> edges =
        Stream.of(requirements)
            .map(on ->
                new Dependency(new ServiceName(on), Condition.STARTED, false, Reactions.DEFAULT))
            .toList();
    return ServiceSpec.of(name, new Command("/bin/sleep", List.of("1000")))
        .with(new Relations(edges, List.of()));
  }

  /// Down until it is asked for.
  static ServiceSpec resting(String name) {
    return service(name).with(new StartSpec(StartSpec.Kind.SERVICE, false, null, false, null));
  }

  static ServiceSpec labelled(String name, Map<String, String> labels) {
    ServiceSpec plain = service(name);
    return new ServiceSpec(
        plain.name(),
        new About("", new TreeMap<>(labels), ""),
        plain.exec(),
        plain.start(),
        plain.relations(),
        plain.health(),
        plain.restart(),
        plain.stop(),
        plain.logs());
  }

  static Plan of(ServiceSpec... services) {
    SortedMap<ServiceName, ServiceSpec> all = new TreeMap<>();
    for (ServiceSpec service : services) {
      all.put(service.name(), service);
    }
    Path none = Path.of("/nonexistent");
    return new Plan(
        new DaemonSpec(
            new DaemonSpec.Sockets(none, "", 0600),
            new DaemonSpec.Directories(none, none, none, none),
            new DaemonSpec.OwnLog("", false, "info", DaemonSpec.OwnLog.Format.TEXT),
            1 << 30,
            new DaemonSpec.Limits(Duration.ofSeconds(30), 100, DaemonSpec.Budget.DEFAULT)),
        all);
  }
}
