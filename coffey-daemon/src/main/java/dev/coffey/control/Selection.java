package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.fleet.Fleet;
import dev.coffey.lifecycle.Service;
import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.ErrorReason;
import dev.coffey.v1.ServiceSelector;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Which services a call is about.
final class Selection {
  static final int NAMES_MAX = 10_000;
  static final int NAME_CHARS_MAX = 256;

  private final ServiceSelector asked;
  private final Set<String> names = new HashSet<>();
  private final List<Glob> patterns = new ArrayList<>();

  private Selection(ServiceSelector asked) {
    this.asked = asked;
    for (String name : asked.getNamesList()) {
      if (Glob.isPattern(name)) {
        patterns.add(new Glob(name));
      } else {
        names.add(name);
      }
    }
  }

  /// Reads a selector.
  static Selection of(ServiceSelector asked) {
    if (asked.getNamesCount() > NAMES_MAX || asked.getLabelsCount() > NAMES_MAX) {
      throw Failure.badField(
          "selector", "%d names".formatted(asked.getNamesCount()), "up to %d".formatted(NAMES_MAX));
    }
    for (String name : asked.getNamesList()) {
      if (name.length() > NAME_CHARS_MAX) {
        throw Failure.badField(
            "selector.names",
            name.substring(0, 20) + "…",
            "up to %d characters long".formatted(NAME_CHARS_MAX));
      }
    }
    return new Selection(asked);
  }

  /// The services that a call which changes something is about.
  List<ServiceName> toChange(Fleet fleet) {
    if (everything() && !asked.getAll()) {
      throw Failure.of(
          Code.INVALID_ARGUMENT,
          ErrorReason.ERROR_REASON_NO_SELECTION,
          "name services, or say that all are meant",
          Map.of());
    }
    List<Service> fitting = inFleet(fleet);
    fleet
        .plan()
        .invalid()
        .forEach((name, problem) -> {
          if (names.contains(name.value()) || (fitting.isEmpty() && fits(name, fleet.plan()))) {
            throw InvalidServices.refusal(name, problem);
          }
        });
    return fitting.stream().map(Service::name).toList();
  }

  /// The services that fit, by name.
  List<Service> inFleet(Fleet fleet) {
    List<Service> all = fleet.services();
    Set<String> unknown = new LinkedHashSet<>(names);
    for (Service service : all) {
      unknown.remove(service.name().value());
      if (!service.name().instance().isEmpty()) {
        unknown.remove(service.name().base());
      }
    }
    fleet.plan().invalid().keySet().forEach(name -> unknown.remove(name.value()));
    unknown.removeAll(fleet.plan().groups().keySet());
    if (!unknown.isEmpty()) {
      throw noSuchService(unknown.iterator().next(), fleet);
    }
    Plan plan = fleet.plan();
    List<Service> fitting = all.stream().filter(service -> fits(service, plan)).toList();
    boolean none = plan.invalid().keySet().stream().noneMatch(name -> fits(name, plan));
    if (fitting.isEmpty() && none && !everything()) {
      throw Failure.of(
          Code.NOT_FOUND,
          ErrorReason.ERROR_REASON_NOTHING_SELECTED,
          "no service fits %s".formatted(words()),
          Map.of("selector", words()));
    }
    return fitting;
  }

  /// Which of these names fit, where nothing but their groups is known of the services.
  List<ServiceName> among(List<ServiceName> known, BiPredicate<String, ServiceName> isInGroup) {
    if (asked.getLabelsCount() > 0) {
      throw Failure.badField(
          "selector.labels", asked.getLabels(0), "left out: labels are known to a daemon only");
    }
    List<ServiceName> fitting = known.stream().filter(name -> isNamed(name, isInGroup)).toList();
    if (fitting.isEmpty()) {
      throw Failure.of(
          Code.NOT_FOUND,
          ErrorReason.ERROR_REASON_NOTHING_SELECTED,
          "no log fits %s".formatted(words()),
          Map.of("selector", words()));
    }
    return fitting;
  }

  /// Whether a service fits any of the names and all of the labels.
  boolean fits(Service service, Plan plan) {
    return isNamed(service.name(), plan)
        && asked.getLabelsList().stream().allMatch(label -> labelled(service, label));
  }

  /// Whether a service of which only the name is known fits: it has no labels.
  boolean fits(ServiceName name, Plan plan) {
    return asked.getLabelsCount() == 0 && isNamed(name, plan);
  }

  /// One service, by its name and nothing else.
  static Service one(Fleet fleet, String name) {
    if (!ServiceName.valid(name)) {
      throw noSuchService(name, fleet);
    }
    ServiceName wanted = new ServiceName(name);
    @Nullable Problem problem = fleet.plan().invalid().get(wanted);
    if (problem != null) {
      throw InvalidServices.refusal(wanted, problem);
    }
    return fleet.service(wanted).orElseThrow(() -> noSuchService(name, fleet));
  }

  static StatusRuntimeException noSuchService(String name, Fleet fleet) {
    List<String> known = new ArrayList<>(fleet.plan().groups().keySet());
    fleet.services().forEach(service -> known.add(service.name().value()));
    List<String> closest = Closest.to(name, known);
    String hint =
        closest.isEmpty() ? "" : "; did you mean '%s'?".formatted(String.join("' or '", closest));
    return Failure.of(
        Code.NOT_FOUND,
        ErrorReason.ERROR_REASON_NO_SUCH_SERVICE,
        "no service is named '%s'%s".formatted(name, hint),
        Map.of("service", name, "closest", String.join(",", closest)));
  }

  /// Whether the selector says nothing.
  boolean everything() {
    return asked.getNamesCount() == 0 && asked.getLabelsCount() == 0;
  }

  private String words() {
    String names = String.join(" ", asked.getNamesList());
    String labels = String.join(" ", asked.getLabelsList());
    return "'%s'".formatted((names + " " + labels).trim());
  }

  private boolean isNamed(ServiceName name, Plan plan) {
    return isNamed(name, plan::isInGroup);
  }

  private boolean isNamed(ServiceName name, BiPredicate<String, ServiceName> isInGroup) {
    return isNamed(name) || names.stream().anyMatch(group -> isInGroup.test(group, name));
  }

  private boolean isNamed(ServiceName name) {
    return asked.getNamesCount() == 0
        || names.contains(name.value())
        || (!name.instance().isEmpty() && names.contains(name.base()))
        || patterns.stream().anyMatch(pattern -> pattern.matches(name.value()));
  }

  private static boolean labelled(Service service, String label) {
    int equals = label.indexOf('=');
    Map<String, String> labels = service.spec().about().labels();
    return equals < 0
        ? labels.containsKey(label)
        : label.substring(equals + 1).equals(labels.get(label.substring(0, equals)));
  }
}
