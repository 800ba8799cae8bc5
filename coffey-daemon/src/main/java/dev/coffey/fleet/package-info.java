/// All services together: who may start, who must stop, in what order, within what budget.
///
/// Start reading at [FleetMachine#decide]: apply the event to the service it is about, then settle.
/// A decision is a value; nothing here performs it.
@NullMarked
package dev.coffey.fleet;

import org.jspecify.annotations.NullMarked;
