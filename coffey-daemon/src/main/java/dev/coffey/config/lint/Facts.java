package dev.coffey.config.lint;

import java.nio.file.Path;
import java.util.Optional;

/// What can be known of a file without opening it.
public interface Facts {
  /// A file or a directory that is there.
  record FileFacts(boolean directory, boolean executable, boolean worldWritable) {}

  /// The facts of a path; nothing when it is not there.
  Optional<FileFacts> facts(Path path);
}
