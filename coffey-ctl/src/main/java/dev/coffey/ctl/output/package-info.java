/// What people and programs get to see: tables that fit, colour, escapes, and the JSON of each
/// message, written by hand because reading messages by reflection is slow and needs registration
/// in native images. Start reading at `Screen`. It asks nobody anything: all it shows is given to
/// it.
@NullMarked
package dev.coffey.ctl.output;

import org.jspecify.annotations.NullMarked;
