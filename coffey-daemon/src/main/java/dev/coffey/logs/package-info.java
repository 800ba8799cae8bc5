/// Keeps what services write and lets readers follow: one thread empties all pipes.
///
/// Start reading at [Logs], then `Pump` for the thread and `dev.coffey.logs.segments` for the
/// files. Nothing of this goes through the supervisor's inbox, and no reader can slow a writer:
/// what is on disk is the queue.
@NullMarked
package dev.coffey.logs;

import org.jspecify.annotations.NullMarked;
