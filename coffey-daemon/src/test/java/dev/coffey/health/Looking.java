package dev.coffey.health;

import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.Check;
import dev.coffey.spec.Command;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.spec.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Short words for tests that look once.
final class Looking {
  static final RunId RUN = new RunId(7);
  static final ServiceName WEB = new ServiceName("web");

  private Looking() {}

  static ProbeSpec within(Duration timeout, Check check) {
    return new ProbeSpec(
        check,
        Duration.ZERO,
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        timeout,
        1,
        3,
        ProbeSpec.Action.NONE);
  }

  /// Looks once through a whole prober.
  static ProbeOutcome at(Check check) {
    return at(Duration.ofSeconds(10), check);
  }

  static ProbeOutcome at(Duration timeout, Check check) {
    CompletableFuture<ProbeOutcome> outcome = new CompletableFuture<>();
    try (Prober prober = new Prober((_, _, seen) -> outcome.complete(seen), commands())) {
      prober.probe(target(RUN), ProbeKind.READINESS, within(timeout, check));
      return outcome.orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  /// No command is run in these tests.
  private static ProbeCommands commands() {
    return new ProbeCommands(Libc.open());
  }

  static Target target(RunId run) {
    return new Target(run, WEB, ExecSpec.of(new Command("/bin/true", List.of())));
  }

  static Check.Http get(String url) {
    return new Check.Http(url, "GET", new TreeMap<>(), "2xx", "");
  }

  static Check.Http get(String url, String status, String bodyPattern) {
    return new Check.Http(url, "GET", new TreeMap<>(), status, bodyPattern);
  }

  static Check.Http with(String url, String method, SortedMap<String, String> headers) {
    return new Check.Http(url, method, headers, "2xx", "");
  }
}
