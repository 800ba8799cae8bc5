/// What works, but is probably not meant: rules over a plan and its places, each a warning with a
/// code.
///
/// Start reading at [Lint]; one class holds the rules of one subject. Files are looked at through
/// [Facts] only.
@NullMarked
package dev.coffey.config.lint;

import org.jspecify.annotations.NullMarked;
