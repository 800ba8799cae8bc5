package dev.coffey.process.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChildrenTest {
  @Test
  void whoHasNotEndedIsNotReapedAndNotWaitedFor() throws Exception {
    Process sleeper = new ProcessBuilder("/bin/sleep", "1000").start();
    try (Children children = new Children(new Libc(new ForeignCalls()))) {
      assertThat(children.reapEnded((int) sleeper.pid())).isEmpty();
    } finally {
      sleeper.destroyForcibly().waitFor();
    }
  }

  @Test
  void aStatusThatSomebodyElseHasTakenIsNobodysFault() throws Exception {
    Process gone = new ProcessBuilder("/bin/true").start();
    gone.waitFor();

    try (Children children = new Children(new Libc(new ForeignCalls()))) {
      assertThat(children.reapEnded((int) gone.pid())).isEmpty();
    }
  }
}
