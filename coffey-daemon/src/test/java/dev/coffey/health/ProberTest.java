package dev.coffey.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.Check;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProberTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);

  private Prober prober(Look look) {
    return new Prober(
        (run, kind, outcome) -> heard.add(run + " " + kind + " " + words(outcome)),
        (_, _) ->
            () -> {
              looks.incrementAndGet();
              return look.take();
            });
  }

  private static String words(ProbeOutcome outcome) {
    return (outcome.good() ? "good " : "bad ") + outcome.detail();
  }

  private static void probe(Prober prober, long run, ProbeKind kind, Duration timeout) {
    prober.probe(
        Looking.target(new RunId(run)), kind, Looking.within(timeout, new Check.File("/any")));
  }

  private String next() throws InterruptedException {
    String answer = heard.poll(60, TimeUnit.SECONDS);
    return answer == null ? "nothing" : answer;
  }

  private Look waiting() {
    return () -> {
      release.await();
      return Verdict.good("released");
    };
  }

  @Test
  void onlyOneProbeOfARunAndKindIsInFlight() throws InterruptedException {
    try (Prober prober = prober(waiting())) {
      probe(prober, 1, ProbeKind.READINESS, LONG);
      probe(prober, 1, ProbeKind.READINESS, LONG);
      probe(prober, 1, ProbeKind.LIVENESS, LONG);

      release.countDown();

      assertThat(new String[] {next(), next()})
          .containsExactlyInAnyOrder("1 READINESS good released", "1 LIVENESS good released");
      assertThat(looks).hasValue(2);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void aProbeThatOutlivesItsTimeoutIsEndedAndTheNextMayFollow() throws InterruptedException {
    try (Prober prober = prober(waiting())) {
      probe(prober, 1, ProbeKind.READINESS, Duration.ofMillis(50));

      assertThat(next()).isEqualTo("1 READINESS bad no answer within 50 ms");

      probe(prober, 1, ProbeKind.READINESS, LONG);
      release.countDown();

      assertThat(next()).isEqualTo("1 READINESS good released");
    }
  }

  @Test
  void aProbeThatCannotBeEndedIsAnsweredForAndNotPiledUp() throws InterruptedException {
    Look deaf =
        () -> {
          while (release.getCount() > 0) {
            Thread.onSpinWait();
          }
          return Verdict.good("at last");
        };
    try (Prober prober = prober(deaf)) {
      probe(prober, 1, ProbeKind.READINESS, Duration.ofMillis(50));

      assertThat(next()).isEqualTo("1 READINESS bad no answer within 50 ms");

      probe(prober, 1, ProbeKind.READINESS, LONG);

      assertThat(next())
          .isEqualTo(
              "1 READINESS bad cannot probe: the probe before this one hangs and cannot be ended");
      assertThat(looks).hasValue(1);
      release.countDown();
    }
  }

  @Test
  void nothingIsHeardOfACancelledRun() throws InterruptedException {
    try (Prober prober = prober(waiting())) {
      probe(prober, 1, ProbeKind.READINESS, LONG);
      probe(prober, 2, ProbeKind.READINESS, LONG);

      prober.cancel(new RunId(1));
      release.countDown();

      assertThat(next()).isEqualTo("2 READINESS good released");
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void aFaultOfTheProbeItselfIsABadOutcome() throws InterruptedException {
    Look faulty =
        () -> {
          throw new IllegalStateException("no such thing");
        };
    try (Prober prober = prober(faulty)) {
      probe(prober, 1, ProbeKind.LIVENESS, LONG);

      assertThat(next()).isEqualTo("1 LIVENESS bad cannot probe: no such thing");
    }
  }

  @Test
  void theListenerMayAskForTheNextProbeAtOnce() throws InterruptedException {
    Prober[] self = new Prober[1];
    AtomicInteger answers = new AtomicInteger();
    CountDownLatch thousand = new CountDownLatch(1000);
    try (Prober prober =
        new Prober(
            (_, kind, _) -> {
              thousand.countDown();
              if (answers.incrementAndGet() < 1000) {
                probe(self[0], 1, kind, LONG);
              }
            },
            (_, _) -> () -> Verdict.good("yes"))) {
      self[0] = prober;
      probe(prober, 1, ProbeKind.LIVENESS, LONG);

      assertThat(thousand.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
