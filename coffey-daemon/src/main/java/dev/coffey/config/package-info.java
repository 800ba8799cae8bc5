/// Files to a valid plan, or to all that is wrong with them, each with its place.
///
/// Start reading at [ConfigReader]: it finds and parses files, combines them, checks them against
/// the table of keys (`keys`) and makes the values of `spec`. The tree with its places is in
/// `tree`. Nothing here changes a running plan, and nothing is read but through [ConfigFiles].
@NullMarked
package dev.coffey.config;

import org.jspecify.annotations.NullMarked;
