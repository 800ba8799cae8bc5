package dev.coffey.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatePageTest {
  private static final Path PAGE = Path.of("STATES.md");

  @Test
  void thePageIsWhatTheCodeDoes() throws IOException {
    String page = StatePage.markdown();
    if (Boolean.getBoolean("coffey.regenerate")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("coffey-daemon/STATES.md is not what the code does; `make states` writes it anew")
        .isEqualTo(page);
  }

  @Test
  void everyStateAndEveryEventIsOnThePage() {
    Set<Class<?>> states =
        Samples.all().values().stream()
            .map(service -> service.state().getClass())
            .collect(Collectors.toSet());
    Set<Class<?>> events =
        StatePage.events().values().stream().map(Object::getClass).collect(Collectors.toSet());

    assertThat(states).containsAll(kindsOf(ServiceState.class));
    assertThat(events).containsAll(kindsOf(ServiceEvent.class));
  }

  private static Set<Class<?>> kindsOf(Class<?> type) {
    return Arrays.stream(type.getPermittedSubclasses())
        .flatMap(kind -> kind.isSealed() ? kindsOf(kind).stream() : Set.<Class<?>>of(kind).stream())
        .collect(Collectors.toSet());
  }

  /// T05: news of another run changes nothing, wherever it arrives.
  @Test
  void newsOfAnotherRunIsDroppedInEveryState() {
    Samples.all()
        .forEach((title, service) ->
            StatePage.events()
                .forEach((name, event) -> {
                  if (event instanceof ServiceEvent.News) {
                    Service other =
                        service.state().currentRun().isPresent() ? later(service) : service;
                    Step step = Lifecycle.step(other, event, new Moment(Samples.NOW, 0));
                    assertThat(step).as("%s, %s", title, name).isEqualTo(Lifecycle.stay(other));
                  }
                }));
  }

  /// The same service in the same kind of state, a run later.
  private static Service later(Service service) {
    Service down = service.in(new ServiceState.Down(null), Samples.NOW);
    return down.in(new ServiceState.Launching(Samples.RUN.next(), 0, null), Samples.NOW);
  }

  /// T16: an exit ends every state that has a process, reloading too, so none is stuck.
  @Test
  void anExitLeadsOutOfEveryStateThatHasAProcess() {
    for (Map.Entry<String, Service> sample : Samples.all().entrySet()) {
      Service service = sample.getValue();
      boolean ends =
          service.state().process().isPresent()
              && !(service.state() instanceof ServiceState.Clearing);
      if (ends) {
        ServiceEvent ended = new ServiceEvent.Ended(Samples.RUN, new ExitStatus.Exited(0));
        Step step = Lifecycle.step(service, ended, new Moment(Samples.NOW, 0));
        assertThat(step.service().state())
            .as(sample.getKey())
            .isInstanceOf(ServiceState.Clearing.class);
        assertThat(Duration.between(Samples.NOW, step.service().state().deadline())).isPositive();
      }
    }
  }
}
