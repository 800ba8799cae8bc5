package dev.coffey.spec;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where a service's environment comes from; the nearer source wins: `set` over `files` over
/// `defaults` over `pass` over the clean base.
///
/// @param clear leaves out the clean base (PATH, HOME and so on) too
/// @param pass names taken over from the daemon's own environment
public record EnvSpec(
    boolean clear,
    List<String> pass,
    SortedMap<String, String> defaults,
    List<EnvFile> files,
    SortedMap<String, String> set) {
  /// Only the clean base.
  public static final EnvSpec NONE =
      new EnvSpec(false, List.of(), new TreeMap<>(), List.of(), new TreeMap<>());

  public EnvSpec {
    pass = List.copyOf(pass);
    defaults = Collections.unmodifiableSortedMap(new TreeMap<>(defaults));
    files = List.copyOf(files);
    set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
  }

  /// A file of `NAME=value` lines, read afresh at each start.
  public record EnvFile(String path, boolean required) {}
}
