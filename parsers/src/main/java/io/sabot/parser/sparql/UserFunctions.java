package io.sabot.parser.sparql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.Errors;
import io.sabot.plan.function.UserFunction;
import java.util.List;
import org.apache.jena.sparql.expr.aggregate.AggregateRegistry;
import org.jspecify.annotations.Nullable;

/// The functions that users made, under the IRI `sabot:` and their name.
final class UserFunctions {
  private UserFunctions() {}

  static @Nullable UserFunction find(String iri, Catalog catalog) {
    return iri.startsWith(LocalService.NAMESPACE)
        ? catalog.userFunction(iri.substring(LocalService.NAMESPACE.length()))
        : null;
  }

  static List<String> iris(Catalog catalog) {
    return catalog.userFunctions().stream()
        .map(function -> LocalService.NAMESPACE + function.name())
        .toList();
  }

  static void checkCount(UserFunction function, int count) {
    int wanted = function.parameters().size();
    if (count != wanted) {
      throw Errors.semantic(
          null,
          "WrongNumberOfArguments",
          "found " + count + " arguments of " + LocalService.NAMESPACE + function.name(),
          "it takes " + wanted);
    }
  }

  /// Tells ARQ's parser, which has one table for the whole process, which IRIs are of aggregates.
  static void announce(Catalog catalog) {
    for (UserFunction function : catalog.userFunctions()) {
      String iri = LocalService.NAMESPACE + function.name();
      if (function instanceof UserFunction.Aggregate && !AggregateRegistry.isRegistered(iri)) {
        AggregateRegistry.register(
            iri,
            (_, _) -> {
              throw new IllegalStateException("ARQ does not execute here");
            });
      }
    }
  }
}
