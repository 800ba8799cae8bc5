package dev.coffey.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.Dependency.Reaction;
import dev.coffey.spec.Dependency.Reactions;
import dev.coffey.spec.PlanDiff.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
  private static final Reactions FOLLOWS =
      new Reactions(Reaction.STOP, Reaction.IGNORE, Reaction.IGNORE, Reaction.RESTART);

  private static ServiceSpec service(String name) {
    return ServiceSpec.of(name, new Command("/bin/" + name, List.of()));
  }

  private static ServiceSpec needing(String name, String other, Reactions reactions) {
    Dependency edge = new Dependency(new ServiceName(other), Condition.STARTED, false, reactions);
    return service(name).with(new Relations(List.of(edge), List.of()));
  }

  private static ServiceSpec withEnv(ServiceSpec spec, Map<String, String> env) {
    ExecSpec exec = spec.exec();
    EnvSpec changed = new EnvSpec(false, List.of(), new TreeMap<>(), List.of(), new TreeMap<>(env));
    return spec.with(
        new ExecSpec(
            exec.command(),
            exec.directory(),
            changed,
            exec.credentials(),
            exec.resources(),
            exec.stdin(),
            exec.tty()));
  }

  private static Plan plan(ServiceSpec... specs) {
    return plan(Duration.ofSeconds(30), specs);
  }

  private static Plan plan(Duration shutdown, ServiceSpec... specs) {
    TreeMap<ServiceName, ServiceSpec> services = new TreeMap<>();
    for (ServiceSpec spec : specs) {
      services.put(spec.name(), spec);
    }
    Path run = Path.of("/run");
    DaemonSpec daemon =
        new DaemonSpec(
            new DaemonSpec.Sockets(run.resolve("coffey.sock"), "", 0600),
            new DaemonSpec.Directories(run, run, run, run),
            new DaemonSpec.OwnLog("", true, "info", DaemonSpec.OwnLog.Format.TEXT),
            1L << 30,
            new DaemonSpec.Limits(shutdown, 8, DaemonSpec.Budget.DEFAULT));
    return new Plan(daemon, services);
  }

  private static PlanDiff.Change change(PlanDiff diff, String name) {
    return Objects.requireNonNull(diff.changed().get(name(name)));
  }

  private static ServiceName name(String name) {
    return new ServiceName(name);
  }

  @Test
  void samePlanHasNoDifference() {
    PlanDiff diff = PlanDiff.between(plan(service("web")), plan(service("web")));

    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.unchanged()).containsExactly(name("web"));
  }

  @Test
  void newAndGoneServicesAreTold() {
    PlanDiff diff = PlanDiff.between(plan(service("old")), plan(service("new")));

    assertThat(diff.added()).containsExactly(name("new"));
    assertThat(diff.removed()).containsExactly(name("old"));
  }

  @Test
  void changeOfTheStopTimeoutAppliesLive() {
    ServiceSpec web = service("web");
    ServiceSpec patient = web.with(new StopSpec("TERM", Duration.ofMinutes(1), null));

    PlanDiff diff = PlanDiff.between(plan(web), plan(patient));

    assertThat(change(diff, "web").keys()).containsExactly(Map.entry("stop.timeout", Effect.LIVE));
    assertThat(diff.moved()).isEmpty();
  }

  @Test
  void changeOfAVariableRestartsAndNamesItWithoutItsValue() {
    ServiceSpec before = withEnv(service("web"), Map.of("A", "1", "B", "2"));
    ServiceSpec after = withEnv(service("web"), Map.of("A", "secret", "C", "3"));

    PlanDiff diff = PlanDiff.between(plan(before), plan(after));

    assertThat(change(diff, "web").effect()).isEqualTo(Effect.RESTART);
    assertThat(change(diff, "web").keys()).containsOnlyKeys("env.A", "env.B", "env.C");
    assertThat(diff.toString()).doesNotContain("secret");
  }

  @Test
  void dependentsMoveAsTheirEdgesSayAndTellWithWhom() {
    ServiceSpec web = needing("web", "db", FOLLOWS);
    ServiceSpec proxy = needing("proxy", "web", FOLLOWS);
    ServiceSpec cron = needing("cron", "db", Reactions.DEFAULT);
    ServiceSpec bound = needing("bound", "db", Reactions.BOUND);
    ServiceSpec last = needing("last", "bound", Reactions.DEFAULT);
    Plan before = plan(service("db"), web, proxy, cron, bound, last);
    Plan after = plan(withEnv(service("db"), Map.of("A", "1")), web, proxy, cron, bound, last);

    PlanDiff diff = PlanDiff.between(before, after);

    assertThat(diff.moved())
        .containsExactly(
            Map.entry(name("bound"), new PlanDiff.Moved(Reaction.STOP, name("db"))),
            Map.entry(name("last"), new PlanDiff.Moved(Reaction.STOP, name("bound"))),
            Map.entry(name("proxy"), new PlanDiff.Moved(Reaction.RESTART, name("web"))),
            Map.entry(name("web"), new PlanDiff.Moved(Reaction.RESTART, name("db"))));
  }

  @Test
  void changeOfTheDaemonsPartSaysWhetherItNeedsTheDaemonsNextStart() {
    Plan before = plan(Duration.ofSeconds(30));
    Plan after = plan(Duration.ofSeconds(60));

    assertThat(PlanDiff.between(before, after).daemon())
        .containsExactly(Map.entry("shutdown_timeout", Effect.LIVE));
  }
}
