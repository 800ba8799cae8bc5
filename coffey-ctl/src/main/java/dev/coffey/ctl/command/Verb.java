package dev.coffey.ctl.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One thing the command line can do.
interface Verb {
  /// What it is called by.
  String name();

  /// What it takes and its help. Examples name the program as `{program}`.
  CommandSpec spec();

  /// Does it and returns the exit code.
  int run(ParseResult arguments, Session session);
}
