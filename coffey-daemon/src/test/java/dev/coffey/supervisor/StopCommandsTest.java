package dev.coffey.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.health.Verdict;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.Command;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.StopCommands.Runner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopCommandsTest {
  private static final RunId RUN = new RunId(7);
  private static final Command QUIT = new Command("/usr/bin/quit", List.of());
  private static final ExecSpec AS = ExecSpec.of(new Command("/usr/bin/db", List.of()));

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private StopCommands running(Runner runner) {
    StopCommands commands =
        new StopCommands(runner, (run, good) -> heard.add("run %s: %s".formatted(run, good)));
    commands.begin(new ServiceName("db"), new Effect.StopCommand(RUN, 42, QUIT), AS);
    return commands;
  }

  private String next() throws InterruptedException {
    return String.valueOf(heard.poll(60, TimeUnit.SECONDS));
  }

  @Test
  void successIsTold() throws InterruptedException {
    StopCommands _ = running((_, _, _, _) -> new Verdict(true, "exit 0"));

    assertThat(next()).isEqualTo("run 7: true");
  }

  @Test
  void commandRunsAsTheServiceAndKnowsItsProcess() throws InterruptedException {
    StopCommands _ =
        running((service, command, as, variables) -> {
          heard.add("%s %s %s %s".formatted(service, command, as.equals(AS), variables));
          return new Verdict(true, "");
        });

    assertThat(next()).isEqualTo("db %s true %s".formatted(QUIT, Map.of("MAINPID", "42")));
  }

  @Test
  void failureOfAnyKindIsTold() throws InterruptedException {
    StopCommands _ = running((_, _, _, _) -> new Verdict(false, "exit 1"));
    assertThat(next()).isEqualTo("run 7: false");

    StopCommands _ =
        running((_, _, _, _) -> {
          throw new IOException("too many open files");
        });
    assertThat(next()).isEqualTo("run 7: false");

    StopCommands _ =
        running((_, _, _, _) -> {
          throw new IllegalStateException("a bug");
        });
    assertThat(next()).isEqualTo("run 7: false");
  }

  @Test
  void commandIsCutOff() throws InterruptedException {
    StopCommands commands =
        running((_, _, _, _) -> {
          new CountDownLatch(1).await();
          return new Verdict(true, "");
        });

    commands.cut(RUN);

    assertThat(next()).isEqualTo("run 7: false");
  }

  /// The next run does not begin while something still ends the one before.
  @Test
  void runIsNotOverBeforeItsCommandIs() throws InterruptedException {
    CountDownLatch may = new CountDownLatch(1);
    StopCommands commands =
        running((_, _, _, _) -> {
          may.await();
          return new Verdict(true, "");
        });

    commands.afterwards(RUN, () -> heard.add("over"));
    assertThat(heard).isEmpty();
    may.countDown();

    assertThat(next()).isEqualTo("run 7: true");
    assertThat(next()).isEqualTo("over");
  }

  @Test
  void runWithoutACommandIsOverAtOnce() throws InterruptedException {
    StopCommands commands = running((_, _, _, _) -> new Verdict(true, ""));

    commands.afterwards(new RunId(8), () -> heard.add("over"));

    assertThat(List.of(next(), next())).contains("over");
  }
}
