/// The table of all keys: from it come the reader's checks, the JSON Schema and the reference page.
///
/// Start reading at [ServiceKeys] and [DaemonKeys], then [Shape] and [Checker]. This room knows
/// what may be written where; it does not know what it means for a plan.
@NullMarked
package dev.coffey.config.keys;

import org.jspecify.annotations.NullMarked;
