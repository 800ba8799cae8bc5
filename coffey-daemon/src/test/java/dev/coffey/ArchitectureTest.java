package dev.coffey;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The house plan, as a test. To add an arrow, add it here first and say why in the commit.
class ArchitectureTest {
  private static final Set<String> PURE = Set.of("graph", "spec", "restart", "lifecycle", "fleet");
  private static final Set<String> FACES = Set.of("control", "rest", "dashboard", "metrics");
  private static final String ROOT = "";

  /// Public for what is switched on next.
  private static final Set<String> AHEAD = Set.of();

  /// Which rooms a room may use. What is not listed is forbidden.
  static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("graph", Set.of()),
          entry("spec", Set.of("graph")),
          entry("restart", Set.of("spec")),
          entry("lifecycle", Set.of("spec", "restart")),
          entry("fleet", Set.of("graph", "spec", "restart", "lifecycle")),
          entry("config", Set.of("graph", "spec", "schedule")),
          entry("process.linux", Set.of()),
          entry("process", Set.of("spec", "lifecycle", "process.linux")),
          entry("health", Set.of("spec", "lifecycle", "process", "process.linux")),
          entry("logs", Set.of("spec", "lifecycle", "process.linux")),
          entry("events", Set.of("spec", "lifecycle")),
          entry("usage", Set.of("lifecycle")),
          entry("sockets", Set.of("spec", "process.linux")),
          entry("access", Set.of("spec")),
          entry("schedule", Set.of("spec")),
          entry("wishes", Set.of("spec")),
          entry(
              "supervisor",
              Set.of(
                  "graph",
                  "spec",
                  "restart",
                  "lifecycle",
                  "fleet",
                  "config",
                  "process.linux",
                  "process",
                  "sockets",
                  "health",
                  "logs",
                  "events",
                  "usage",
                  "access")),
          entry(
              "control",
              Set.of(
                  "graph",
                  "spec",
                  "restart",
                  "lifecycle",
                  "fleet",
                  "supervisor",
                  "logs",
                  "events",
                  "usage",
                  "access")));

  static final List<String> ROOMS = MAY_USE.keySet().stream().sorted().toList();

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(
              location -> !location.contains("/coffey-ctl") && !location.contains("/proto"))
          .importPackages("dev.coffey");

  @ParameterizedTest
  @FieldSource("ROOMS")
  void roomUsesOnlyTheRoomsItMay(String room) {
    assertThat(MAY_USE.get(room)).containsAll(roomsUsedBy(room));
  }

  /// The rule itself is shown to go red: with the arrows of a lower floor, the heart breaks it.
  @Test
  void aRoomThatReachesTooFarIsCaught() {
    assertThat(roomsUsedBy("supervisor")).contains("process", "fleet");
    assertThatThrownBy(
            () -> assertThat(MAY_USE.get("lifecycle")).containsAll(roomsUsedBy("supervisor")))
        .isInstanceOf(AssertionError.class);
  }

  private static Set<String> roomsUsedBy(String room) {
    return HOUSE.stream()
        .filter(inside -> isOurs(inside) && roomOf(inside).equals(room))
        .flatMap(inside -> inside.getDirectDependenciesFromSelf().stream())
        .map(Dependency::getTargetClass)
        .filter(ArchitectureTest::isOurs)
        .map(ArchitectureTest::roomOf)
        .filter(other -> !other.equals(room))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyRoomIsOnThePlan() {
    Set<String> built =
        HOUSE.stream()
            .filter(ArchitectureTest::isOurs)
            .map(ArchitectureTest::roomOf)
            .filter(room -> !room.equals(ROOT))
            .collect(Collectors.toSet());

    assertThat(MAY_USE.keySet()).containsAll(built);
  }

  @Test
  void everyPackageIsNullMarked() {
    Stream<Package> packages =
        HOUSE.stream()
            .filter(ArchitectureTest::isOurs)
            .map(JavaClass::reflect)
            .map(Class::getPackage)
            .distinct();

    assertThat(packages).allMatch(room -> room.isAnnotationPresent(NullMarked.class));
  }

  @Test
  void pureRoomsTouchNothingOutside() {
    classes()
        .that(are(PURE))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java.lang", "java.util..", "java.time", "org.jspecify..")
                .or(resideInAnyPackage("java.lang.invoke", "java.lang.runtime", "java.nio.file"))
                .or(isInRoomOf(PURE))
                .or(arrays()))
        .check(HOUSE);
    noClasses()
        .that(are(PURE))
        .should()
        .callMethodWhere(
            new DescribedPredicate<>("asks the time, waits or draws lots") {
              @Override
              public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                String owner = call.getTargetOwner().getFullName();
                return (call.getName().equals("now") && owner.startsWith("java.time"))
                    || owner.equals("java.lang.Thread")
                    || owner.equals("java.util.concurrent.ThreadLocalRandom")
                    || owner.equals("java.nio.file.Files");
              }
            })
        .check(HOUSE);
  }

  @Test
  void onlyOneRoomTouchesForeignMemory() {
    noClasses()
        .that(not(resideInAPackage("dev.coffey.process.linux..")).and(isOursPredicate()))
        .should()
        .dependOnClassesThat(resideInAPackage("java.lang.foreign.."))
        .check(HOUSE);
  }

  /// T49, T67: two who wait for children steal each other's; one of them is the JDK.
  @Test
  void nobodyUsesTheProcessClassesOfTheJdk() {
    noClasses()
        .that(isOursPredicate())
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class, String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class, String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class, String[].class, File.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class, String[].class, File.class)
        .check(HOUSE);
  }

  @Test
  void onlyFacesAndTheRootKnowTheFramework() {
    noClasses()
        .that(isOursPredicate().and(not(are(FACES)).and(not(are(Set.of(ROOT))))))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "io.vertx.."))
        .check(HOUSE);
  }

  @Test
  void roomsAreFreeOfCycles() {
    slices()
        .matching("dev.coffey.(*)..")
        .namingSlices("room '$1'")
        .should()
        .beFreeOfCycles()
        .check(HOUSE);
  }

  @Test
  void whatIsPublicIsUsedElsewhere() {
    Set<String> unused =
        HOUSE.stream()
            .filter(ArchitectureTest::isOurs)
            .filter(type -> !roomOf(type).equals(ROOT))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !isFoundByName(type))
            .filter(type -> !AHEAD.contains(type.getFullName()))
            .filter(type -> !isUsedElsewhere(type) && !isInASignature(type))
            .map(JavaClass::getFullName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(unused).isEmpty();
  }

  private static boolean isUsedElsewhere(JavaClass type) {
    return HOUSE.stream()
        .filter(inside -> inside.equals(type) || isNestedIn(inside, type))
        .flatMap(inside -> inside.getDirectDependenciesToSelf().stream())
        .anyMatch(use -> !use.getOriginClass().getPackage().equals(type.getPackage()));
  }

  private static boolean isNestedIn(JavaClass inside, JavaClass type) {
    return inside.getFullName().startsWith(type.getFullName() + "$");
  }

  /// A type that others meet only as what a public method takes or gives, or as a super type.
  private static boolean isInASignature(JavaClass type) {
    return type.getDirectDependenciesToSelf().stream()
        .map(Dependency::getOriginClass)
        .filter(origin -> origin.getModifiers().contains(JavaModifier.PUBLIC))
        .anyMatch(origin ->
            origin.isAssignableTo(type.getFullName())
                || origin.getCodeUnits().stream()
                    .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                    .anyMatch(unit ->
                        Stream.concat(
                                Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                            .anyMatch(met -> met.getAllInvolvedRawTypes().contains(type))));
  }

  /// Named in a service file, and made from there.
  private static boolean isFoundByName(JavaClass type) {
    return type.getSimpleName().endsWith("Transport");
  }

  private static boolean isOurs(JavaClass type) {
    String name = type.getPackageName();
    return (name.equals("dev.coffey") || name.startsWith("dev.coffey."))
        && !name.startsWith("dev.coffey.v1")
        && !name.startsWith("dev.coffey.ctl");
  }

  private static String roomOf(JavaClass type) {
    String below = type.getPackageName().substring("dev.coffey".length());
    if (below.startsWith(".process.linux")) {
      return "process.linux";
    }
    int end = below.indexOf('.', 1);
    return below.isEmpty() ? ROOT : below.substring(1, end < 0 ? below.length() : end);
  }

  private static DescribedPredicate<JavaClass> are(Set<String> rooms) {
    return new DescribedPredicate<>("are in " + rooms) {
      @Override
      public boolean test(JavaClass type) {
        return isOurs(type) && rooms.contains(roomOf(type));
      }
    };
  }

  private static DescribedPredicate<JavaClass> isInRoomOf(Set<String> rooms) {
    return are(rooms);
  }

  private static DescribedPredicate<JavaClass> isOursPredicate() {
    return new DescribedPredicate<>("are ours") {
      @Override
      public boolean test(JavaClass type) {
        return isOurs(type);
      }
    };
  }

  private static DescribedPredicate<JavaClass> arrays() {
    return new DescribedPredicate<>("are arrays of what is allowed") {
      @Override
      public boolean test(JavaClass type) {
        return type.isArray();
      }
    };
  }
}
