/// Says when services with a schedule shall run. Times are those of the wall clock, which may be
/// set and knows summer time; what comes of them is decided elsewhere. Start reading at
/// [Scheduler].
@NullMarked
package dev.coffey.schedule;

import org.jspecify.annotations.NullMarked;
