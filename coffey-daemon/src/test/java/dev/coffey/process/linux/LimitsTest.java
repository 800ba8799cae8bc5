package dev.coffey.process.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.coffey.process.linux.Limits.Limit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final int STOP = 19;

  /// What the kernel calls them where it shows them to people.
  private static final Map<String, String> SHOWN =
      Map.ofEntries(
          entry("cpu", "Max cpu time"),
          entry("fsize", "Max file size"),
          entry("data", "Max data size"),
          entry("stack", "Max stack size"),
          entry("core", "Max core file size"),
          entry("rss", "Max resident set"),
          entry("nproc", "Max processes"),
          entry("nofile", "Max open files"),
          entry("memlock", "Max locked memory"),
          entry("as", "Max address space"),
          entry("locks", "Max file locks"),
          entry("sigpending", "Max pending signals"),
          entry("msgqueue", "Max msgqueue size"),
          entry("nice", "Max nice priority"),
          entry("rtprio", "Max realtime priority"),
          entry("rttime", "Max realtime timeout"));

  /// Of a process that is stopped, so that no limit is too low; each another number, as far as it
  /// may be raised.
  @Test
  void eachNameIsThatOfItsLimitAndThereIsNoOther() throws Exception {
    Limits limits = new Limits(Libc.open());
    Process sleeper = new ProcessBuilder("/bin/sleep", "1000").start();
    int pid = (int) sleeper.pid();
    try {
      await(pid, "(sleep) ");
      assertThat(new Signals(Libc.open()).send(pid, STOP)).isEqualTo(Signals.Outcome.SENT);
      await(pid, "(sleep) T");
      assertThat(Limits.names()).containsExactlyInAnyOrderElementsOf(SHOWN.keySet());
      for (String name : Limits.names()) {
        long number = 4000 + 10L * Limits.names().indexOf(name);
        long hard = least(limits.read(pid, name).hard(), number + 5);
        long soft = least(hard, number);

        limits.set(pid, name, new Limit(soft, hard));

        assertThat(limits.read(pid, name)).as(name).isEqualTo(new Limit(soft, hard));
        assertThat(shown(pid, SHOWN.getOrDefault(name, "?")))
            .as(name)
            .containsPattern("^" + soft + " +" + hard + "\\b");
      }
      assertThat(Files.readAllLines(Path.of("/proc/" + pid + "/limits"))).hasSize(SHOWN.size() + 1);
    } finally {
      sleeper.destroyForcibly().waitFor();
    }
  }

  private static void await(int pid, String state) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!Files.readString(Path.of("/proc/" + pid + "/stat")).contains(state)) {
      assertThat(System.nanoTime()).as("waits for " + state).isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  private static long least(long limit, long other) {
    return Long.compareUnsigned(limit, other) < 0 ? limit : other;
  }

  private static String shown(int pid, String name) throws Exception {
    List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/limits"));
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElse("");
  }
}
