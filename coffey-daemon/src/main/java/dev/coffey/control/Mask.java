package dev.coffey.control;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import dev.coffey.v1.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which fields of a service a reader wants.
///
/// @param hidden what is left out
record Mask(Set<FieldDescriptor> hidden) {
  private static final List<FieldDescriptor> FIELDS = Service.getDescriptor().getFields();
  private static final String FIELD_NAMES =
      FIELDS.stream().map(FieldDescriptor::getName).collect(Collectors.joining(", "));

  /// What tells the passing of time and no change.
  private static final Set<Integer> PASSING =
      Set.of(
          Service.UPTIME_MS_FIELD_NUMBER,
          Service.CPU_PERCENT_FIELD_NUMBER,
          Service.MEMORY_BYTES_FIELD_NUMBER,
          Service.TASKS_FIELD_NUMBER,
          Service.DESCRIPTORS_FIELD_NUMBER);

  Mask {
    hidden = Set.copyOf(hidden);
  }

  /// Reads a mask; an empty one hides nothing.
  static Mask of(FieldMask mask) {
    if (mask.getPathsCount() == 0) {
      return new Mask(Set.of());
    }
    Set<FieldDescriptor> hidden = new HashSet<>(FIELDS);
    hidden.remove(Service.getDescriptor().findFieldByNumber(Service.NAME_FIELD_NUMBER));
    for (String path : mask.getPathsList()) {
      FieldDescriptor field = Service.getDescriptor().findFieldByName(path);
      if (field == null) {
        throw Failure.badField("read_mask", path, "fields of Service: " + FIELD_NAMES);
      }
      hidden.remove(field);
    }
    return new Mask(hidden);
  }

  Service applied(Service service) {
    Service.Builder builder = service.toBuilder();
    hidden.forEach(builder::clearField);
    return builder.build();
  }

  /// Whether both say the same to this reader, but for the passing of time.
  boolean same(Service one, Service other) {
    return timeless(applied(one)).equals(timeless(applied(other)));
  }

  private static Service timeless(Service service) {
    Service.Builder builder = service.toBuilder();
    PASSING.forEach(
        number -> builder.clearField(Service.getDescriptor().findFieldByNumber(number)));
    return builder.build();
  }
}
