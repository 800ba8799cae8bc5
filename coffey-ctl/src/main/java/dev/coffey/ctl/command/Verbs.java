package dev.coffey.ctl.command;

import java.util.List;
import java.util.Optional;

/// All the verbs there are, in the order of the help.
final class Verbs {
  private static final List<Verb> ALL =
      List.of(
          new StatusVerb(),
          new StartVerb(),
          new StopVerb(),
          new RestartVerb(),
          new KillVerb(),
          new SendVerb(),
          new AttachVerb(),
          new PauseVerb(),
          new ResumeVerb(),
          new LogsVerb(),
          new WhyVerb(),
          new WaitVerb(),
          new IsActiveVerb(),
          new IsFailedVerb(),
          new PlanVerb(),
          new ReloadVerb(),
          new LocalVerb("validate", LocalSpecs.validate()),
          new LocalVerb("config", LocalSpecs.config()),
          new LocalVerb("schema", LocalSpecs.schema()),
          new LocalVerb("init", LocalSpecs.init()),
          new LocalVerb("explain", LocalSpecs.explain()),
          new ShutdownVerb(),
          new VersionVerb(),
          new CompletionVerb(),
          new HelpVerb());

  private Verbs() {}

  static List<Verb> all() {
    return ALL;
  }

  static Optional<Verb> named(String name) {
    return ALL.stream().filter(verb -> verb.name().equals(name)).findFirst();
  }
}
