/// The operator's files as a tree in which every key and value knows its place.
///
/// Start reading at [Tree], then [YamlParser], which lets [PlainParser] try first. This room knows
/// YAML and places, but no key of Coffey's and no file system: texts come in, trees and problems go
/// out.
@NullMarked
package dev.coffey.config.tree;

import org.jspecify.annotations.NullMarked;
