/// The verbs of the command line, one class each: what they take, what they ask the daemon, what
/// they print and how they exit. Start reading at `Verb` and `CommandLines`. Options that several
/// verbs share are read in one place.
@NullMarked
package dev.coffey.ctl.command;

import org.jspecify.annotations.NullMarked;
