/// The daemon's own log: what it says about itself, as text or JSON, to a file and the console.
///
/// Start reading at [OwnLog]. Rooms know nothing of it: they log to `java.lang.System.Logger`. It
/// is open before Quarkus boots, since supervision does not wait for Quarkus, and whoever logs is
/// never held up by a disk or a terminal.
@NullMarked
package dev.coffey.logs.own;

import org.jspecify.annotations.NullMarked;
