package dev.coffey.ctl;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The client's house plan, as a test. To add an arrow, add it here first and say why in the
/// commit.
class ArchitectureTest {
  private static final String HOUSE = "dev.coffey.ctl";
  private static final int FILE_LINES_MAX = 250;

  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          HOUSE,
          List.of(".command"),
          HOUSE + ".command",
          List.of(".client", ".output"),
          HOUSE + ".client",
          List.of(),
          HOUSE + ".output",
          List.of());

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(HOUSE);

  @Test
  void roomsUseOnlyTheRoomsTheyMay() {
    MAY_USE.forEach((room, others) -> {
      Stream<String> allowed =
          Stream.concat(Stream.of(room, "dev.coffey.v1"), others.stream().map(o -> HOUSE + o));
      noClasses()
          .that()
          .resideInAPackage(room)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.coffey..")
                  .and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
          .because("the house plan has no such arrow from " + room)
          .check(CLASSES);
    });
  }

  @Test
  void roomsAreFreeOfCycles() {
    slices().matching(HOUSE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyRoomIsOnThePlanAndNullMarked() {
    Assertions.assertThat(CLASSES.stream().map(c -> c.getPackageName()).distinct())
        .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(NullMarked.class)
        .check(CLASSES);
  }

  @Test
  void onlyTheClientRoomKnowsTheTransport() {
    noClasses()
        .that()
        .resideOutsideOfPackage(HOUSE + ".client")
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.grpc..", "io.netty..", "com.google.rpc.."))
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandRoomKnowsTheParser() {
    noClasses()
        .that()
        .resideOutsideOfPackage(HOUSE + ".command")
        .should()
        .dependOnClassesThat(resideInAnyPackage("picocli.."))
        .check(CLASSES);
  }

  @Test
  void filesFitAFewScreens() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("basedir", "."), "src"))) {
      Assertions.assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .allSatisfy(file ->
              Assertions.assertThat(Files.readAllLines(file))
                  .hasSizeLessThanOrEqualTo(FILE_LINES_MAX));
    }
  }
}
