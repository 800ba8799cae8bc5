/// Puts the house together, starts it and stops it. Start reading at `Coffeyd`.
@NullMarked
package dev.coffey;

import org.jspecify.annotations.NullMarked;
