/// The one loop: takes an event, lets the fleet decide, and has the effects performed.
///
/// Start reading at [Supervisor], then `Loop`. Only the loop's thread owns the fleet; everybody
/// else posts events or reads the last immutable snapshot. Nothing here decides anything about a
/// service.
@NullMarked
package dev.coffey.supervisor;

import org.jspecify.annotations.NullMarked;
