package dev.coffey.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.Mark;
import dev.coffey.process.ProcessListener;
import dev.coffey.process.Processes;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.Check;
import dev.coffey.spec.Command;
import dev.coffey.spec.Credentials;
import dev.coffey.spec.EnvSpec;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ResourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecLookTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path dir;

  private final LinkedBlockingQueue<String> others = new LinkedBlockingQueue<>();
  private final ProbeCommands commands = new ProbeCommands(Libc.open());
  private Processes processes;

  @BeforeEach
  void open() {
    Mark mark = new Mark("probe-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    processes = new Processes(Libc.open(), mark, commands.before(new Others()));
    commands.through(processes);
  }

  @AfterEach
  void close() {
    processes.close();
  }

  /// Whoever hears of the services' processes.
  private final class Others implements ProcessListener {
    @Override
    public void launched(RunId run, int pid) {
      others.add("launched");
    }

    @Override
    public void launchFailed(RunId run, LaunchFailure failure) {
      others.add("failed");
    }

    @Override
    public void ended(RunId run, ExitStatus status) {
      others.add("ended");
    }

    @Override
    public void emptied(RunId run) {
      others.add("emptied");
    }

    @Override
    public void refusedToDie(RunId run, int count) {
      others.add("refused");
    }
  }

  private ProbeOutcome probe(Duration timeout, String shell) {
    return probe(timeout, Command.shell(shell));
  }

  private ProbeOutcome probe(Duration timeout, Command command) {
    TreeMap<String, String> env = new TreeMap<>();
    env.put("GREETING", "hello");
    ExecSpec service =
        new ExecSpec(
            new Command("/bin/sleep", List.of("1000")),
            dir.toString(),
            new EnvSpec(false, List.of(), new TreeMap<>(), List.of(), env),
            Credentials.OWN,
            ResourceSpec.INHERITED,
            ExecSpec.Stdin.NULL,
            false);
    CompletableFuture<ProbeOutcome> outcome = new CompletableFuture<>();
    try (Prober prober = new Prober((_, _, seen) -> outcome.complete(seen), commands)) {
      prober.probe(
          new Target(Looking.RUN, Looking.WEB, service),
          ProbeKind.LIVENESS,
          Looking.within(timeout, new Check.Exec(command)));
      return outcome.orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  private long pidWritten() throws IOException, InterruptedException {
    Path file = dir.resolve("pid");
    long end = System.nanoTime() + LONG.toNanos();
    while (!Files.exists(file) || Files.size(file) == 0) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(5);
    }
    return Long.parseLong(Files.readString(file).strip());
  }

  private static void awaitGone(long pid) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (ProcessHandle.of(pid).isPresent()) {
      assertThat(System.nanoTime()).as("%d is still there", pid).isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Test
  void exitZeroIsGoodAndTheOutputIsShown() {
    ProbeOutcome outcome = probe(LONG, "echo all is well");

    assertThat(outcome.detail()).isEqualTo("exit 0: all is well");
    assertThat(outcome.good()).isTrue();
    assertThat(others).isEmpty();
  }

  @Test
  void anotherExitIsBadAndErrorsAreShownToo() {
    ProbeOutcome outcome = probe(LONG, "echo no way >&2; exit 3");

    assertThat(outcome.detail()).isEqualTo("exit 3: no way");
    assertThat(outcome.good()).isFalse();
  }

  @Test
  void aProbeRunsAsTheServiceDoes() throws IOException {
    ProbeOutcome outcome = probe(LONG, "echo $GREETING from $PWD");

    assertThat(outcome.detail()).isEqualTo("exit 0: hello from " + dir.toRealPath());
  }

  @Test
  void aCommandThatCannotBeExecutedIsBad() {
    ProbeOutcome outcome = probe(LONG, new Command("/no/such/probe", List.of()));

    assertThat(outcome.good()).isFalse();
    assertThat(outcome.detail()).contains("/no/such/probe");
  }

  @Test
  void onlyTheEndOfALongOutputIsKept() {
    ProbeOutcome outcome =
        probe(LONG, "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done");

    assertThat(outcome.good()).isTrue();
    assertThat(outcome.detail()).endsWith("line 19999");
    assertThat(outcome.detail().length()).isLessThan(600);
  }

  @Test
  void theWholeProcessTreeIsKilledAtTheTimeout() throws Exception {
    ProbeOutcome outcome =
        probe(
            Duration.ofMillis(1500),
            "setsid sh -c 'trap \"\" TERM; echo $$ > pid; sleep 1000' & trap '' TERM; wait");

    assertThat(outcome.good()).isFalse();
    assertThat(outcome.detail()).isEqualTo("no answer within 1500 ms");
    awaitGone(pidWritten());
  }

  @Test
  void whatAGoodProbeLeavesBehindIsEndedToo() throws Exception {
    ProbeOutcome outcome =
        probe(LONG, "setsid sh -c 'echo $$ > pid; sleep 1000' & while [ ! -s pid ]; do :; done");

    assertThat(outcome.good()).isTrue();
    awaitGone(pidWritten());
  }
}
