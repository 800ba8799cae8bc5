package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterTest {
  private static final Instant NOW = Instant.EPOCH;

  private static ServiceState any(SplittableRandom random) {
    Instant soon = NOW.plusSeconds(random.nextInt(5));
    ServiceName other = new ServiceName("other");
    return switch (random.nextInt(6)) {
      case 0 -> new ServiceState.Queued(random.nextInt(5));
      case 1 -> new ServiceState.Launching(new RunId(1), 0, null);
      case 2 -> new ServiceState.BackingOff(soon, false);
      case 3 ->
          new ServiceState.Down(
              new ServiceState.Blocker(other, Condition.STARTED, random.nextBoolean(), 0));
      case 4 -> new ServiceState.Failed();
      default -> new ServiceState.Down(null);
    };
  }

  /// What is known of all is the same as if it were added up anew, whatever has changed.
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 33, 1_100})
  void whatIsKnownOfAllIsTrueAfterEveryChange(int size) {
    SplittableRandom random = new SplittableRandom(size);
    List<Service> services = new ArrayList<>();
    for (int index = 0; index < size; index++) {
      services.add(Service.unborn(service("s" + index), true, NOW));
    }
    Roster roster = Roster.of(services);

    for (int change = 0; change < 500; change++) {
      int index = random.nextInt(Math.min(size, 12));
      Service changed = services.get(index).in(any(random), NOW);
      services.set(index, changed);
      roster = roster.with(index, changed);

      assertThat(roster.digest()).isEqualTo(Roster.of(services).digest());
      assertThat(roster.at(index)).isEqualTo(changed);
    }
  }
}
