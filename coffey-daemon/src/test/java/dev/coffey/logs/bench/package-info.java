/// What capturing and following cost, as ratios to `cat` in the same run. Not part of the tests.
@NullMarked
package dev.coffey.logs.bench;

import org.jspecify.annotations.NullMarked;
