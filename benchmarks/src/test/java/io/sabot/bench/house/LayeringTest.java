package io.sabot.bench.house;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may know whom: the arrows between the modules, and the packages to which each library's
/// types are confined. Maven's dependencies are transitive, so only this test holds the line.
@AnalyzeClasses(
    packages = "io.sabot",
    importOptions = {ImportOption.DoNotIncludeTests.class, LayeringTest.NoTestJars.class})
final class LayeringTest {
  @ArchTest
  static final ArchRule MODULES_KNOW_ONLY_WHAT_IS_BELOW_THEM =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("plan")
          .definedBy("io.sabot.plan..")
          .layer("parsers")
          .definedBy("io.sabot.parser..")
          .layer("optimizer")
          .definedBy("io.sabot.optimizer..")
          .layer("store")
          .definedBy("io.sabot.store..")
          .layer("relational")
          .definedBy("io.sabot.exec..")
          .layer("graph")
          .definedBy("io.sabot.graph..")
          .layer("engine")
          .definedBy("io.sabot.engine..")
          .layer("jdbc")
          .definedBy("io.sabot.jdbc..")
          .layer("shell")
          .definedBy("io.sabot.shell..")
          .layer("tck")
          .definedBy("io.sabot.tck..")
          .layer("bench")
          .definedBy("io.sabot.bench..")
          .whereLayer("plan")
          .mayNotAccessAnyLayer()
          .whereLayer("parsers")
          .mayOnlyAccessLayers("plan")
          .whereLayer("optimizer")
          .mayOnlyAccessLayers("plan")
          .whereLayer("store")
          .mayOnlyAccessLayers("plan")
          .whereLayer("relational")
          .mayOnlyAccessLayers("plan", "store")
          .whereLayer("graph")
          .mayOnlyAccessLayers("plan", "store", "relational")
          .whereLayer("engine")
          .mayOnlyAccessLayers("plan", "parsers", "optimizer", "store", "relational", "graph")
          .whereLayer("jdbc")
          .mayOnlyAccessLayers("plan", "store", "engine")
          .whereLayer("jdbc")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("shell")
          .mayOnlyAccessLayers("plan", "engine")
          .whereLayer("shell")
          .mayOnlyBeAccessedByLayers("tck", "bench")
          .whereLayer("tck")
          .mayOnlyBeAccessedByLayers("bench")
          .whereLayer("bench")
          .mayNotBeAccessedByAnyLayer();

  /// Of GRAPH_TABLE only the two classes that write its pattern as Cypher's, and see nothing of
  /// Cypher but patterns (docs/design/0009).
  @ArchTest
  static final ArchRule FRONT_ENDS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("io.sabot.parser.(sql|cypher|sparql)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              nameMatching("io[.]sabot[.]parser[.]sql[.]Graph(Query|Shape)([$].*)?"),
              nameMatching(
                  "io[.]sabot[.]parser[.]cypher[.](ast[.](PatternPart|Expression|Name|Place)"
                      + "|lower[.]PatternPlan)([$].*)?"));

  @ArchTest
  static final ArchRule CALCITE_STAYS_IN_THE_SQL_FRONT_END =
      only("org.apache.calcite..", "io.sabot.parser.sql..");

  @ArchTest
  static final ArchRule ANTLR_STAYS_IN_THE_CYPHER_FRONT_END =
      only("org.antlr..", "io.sabot.parser.cypher..");

  @ArchTest
  static final ArchRule JENA_STAYS_IN_THE_SPARQL_FRONT_END_AND_RDF_IMPORT =
      only(
          "org.apache.jena..",
          "io.sabot.parser.sparql..",
          "io.sabot.engine.io..",
          "io.sabot.tck..",
          "io.sabot.bench..",
          "io.sabot.peers..");

  @ArchTest
  static final ArchRule ARROW_STAYS_IN_EXECUTION =
      only("org.apache.arrow..", "io.sabot.exec..", "io.sabot.graph..", "io.sabot.engine..");

  @ArchTest
  static final ArchRule ROCKSDB_STAYS_IN_THE_STORE = only("org.rocksdb..", "io.sabot.store..");

  private static ArchRule only(String library, String... homes) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  /// Leaves out test jars: with packaged modules, test support arrives as one of those.
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }
}
