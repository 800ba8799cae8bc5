package dev.coffey.spec;

import java.util.List;

/// Who comes before and after a service.
///
/// @param dependsOn requirements, those of `binds_to` among them
/// @param after started later than these, without requiring them; tiers and the others' `before`
///   have become edges here already
public record Relations(List<Dependency> dependsOn, List<ServiceName> after) {
  /// Alone.
  public static final Relations NONE = new Relations(List.of(), List.of());

  public Relations {
    dependsOn = List.copyOf(dependsOn);
    after = List.copyOf(after);
  }
}
