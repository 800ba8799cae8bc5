/// One service's state machine: `(service, event, now) → Step(service, effects)`.
///
/// Start reading at [ServiceState], then `Lifecycle`. Nothing here performs anything: effects are
/// orders for the supervisor, and performing one only ever answers with an event.
@NullMarked
package dev.coffey.lifecycle;

import org.jspecify.annotations.NullMarked;
