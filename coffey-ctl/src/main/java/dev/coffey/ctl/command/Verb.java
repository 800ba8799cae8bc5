package dev.coffey.ctl.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One thing the command line can do.
interface Verb {
  /// Its name, what it takes and its help. Examples name the program as `{program}`.
  CommandSpec spec();

  /// Does it and returns the exit code.
  int run(ParseResult arguments, Session session);
}
