/// What the operator asked for, as values that are valid by construction.
///
/// Start reading at [Plan], then [ServiceSpec]. This room knows neither files nor processes: the
/// reader of files makes these values, the core decides by them.
@NullMarked
package dev.coffey.spec;

import org.jspecify.annotations.NullMarked;
