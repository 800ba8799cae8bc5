package dev.coffey.ctl.command;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All the verbs there are, in the order of the help.
final class Verbs {
  private static final List<Verb> ALL =
      List.of(
          new StatusVerb(),
          new StartVerb(),
          new StopVerb(),
          new RestartVerb(),
          new KillVerb(),
          new LogsVerb(),
          new WhyVerb(),
          new WaitVerb(),
          new IsActiveVerb(),
          new IsFailedVerb(),
          new ShutdownVerb(),
          new VersionVerb(),
          new CompletionVerb());

  private static final Map<String, Verb> BY_NAME =
      ALL.stream().collect(Collectors.toMap(verb -> verb.spec().name(), Function.identity()));

  private Verbs() {}

  static List<Verb> all() {
    return ALL;
  }

  static Verb named(String name) {
    return Objects.requireNonNull(BY_NAME.get(name), name);
  }
}
