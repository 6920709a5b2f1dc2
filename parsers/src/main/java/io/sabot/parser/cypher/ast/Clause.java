package io.sabot.parser.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One clause of a query.
public sealed interface Clause {
  /// The procedure behind LOAD CSV: the address, whether the first line names the fields, and the
  /// separator; it yields `row`.
  String LOAD_CSV = "sabot.loadCsv";

  Place place();

  /// The keyword that starts the clause, for messages.
  default String keyword() {
    return switch (this) {
      case Match match -> match.optional() ? "OPTIONAL MATCH" : "MATCH";
      case Unwind _ -> "UNWIND";
      case Create _ -> "CREATE";
      case Merge _ -> "MERGE";
      case Set _ -> "SET";
      case Remove _ -> "REMOVE";
      case Delete delete -> delete.detach() ? "DETACH DELETE" : "DELETE";
      case Foreach _ -> "FOREACH";
      case Call _, SubqueryCall _ -> "CALL";
      case With _ -> "WITH";
      case Return _ -> "RETURN";
      case Use _ -> "USE";
      case Finish _ -> "FINISH";
    };
  }

  /// Whether the clause changes the graph. A procedure call counts as reading here.
  default boolean isUpdating() {
    return switch (this) {
      case Create _, Merge _, Set _, Remove _, Delete _, Foreach _ -> true;
      case Match _, Unwind _, Call _, SubqueryCall _, With _, Return _, Use _, Finish _ -> false;
    };
  }

  record Match(boolean optional, List<PatternPart> pattern, @Nullable Expression where, Place place)
      implements Clause {
    public Match {
      pattern = List.copyOf(pattern);
    }
  }

  record Unwind(Expression list, Name element, Place place) implements Clause {}

  record Create(List<PatternPart> pattern, Place place) implements Clause {
    public Create {
      pattern = List.copyOf(pattern);
    }
  }

  record Merge(PatternPart pattern, List<SetItem> onCreate, List<SetItem> onMatch, Place place)
      implements Clause {
    public Merge {
      onCreate = List.copyOf(onCreate);
      onMatch = List.copyOf(onMatch);
    }
  }

  record Set(List<SetItem> items, Place place) implements Clause {
    public Set {
      items = List.copyOf(items);
    }
  }

  record Remove(List<RemoveItem> items, Place place) implements Clause {
    public Remove {
      items = List.copyOf(items);
    }
  }

  record Delete(boolean detach, List<Expression> targets, Place place) implements Clause {
    public Delete {
      targets = List.copyOf(targets);
    }
  }

  record Foreach(Name element, Expression list, List<Clause> body, Place place) implements Clause {
    public Foreach {
      body = List.copyOf(body);
    }
  }

  /// `arguments` is null when the procedure is named without parentheses, so that its arguments
  /// come from the parameters of the query.
  ///
  /// @param optional whether a row for which the procedure has no rows is kept
  record Call(
      String procedure,
      @Nullable List<Expression> arguments,
      @Nullable Yield yield,
      boolean optional,
      Place place)
      implements Clause {
    public Call {
      arguments = arguments == null ? null : List.copyOf(arguments);
    }
  }

  /// @param optional whether a row for which the query has no rows is kept
  /// @param transactions how the query is cut into transactions, null when it is not
  record SubqueryCall(
      Query query, boolean optional, @Nullable InTransactions transactions, Place place)
      implements Clause {}

  /// `IN TRANSACTIONS`: some rows at a time, each lot in a transaction of its own.
  ///
  /// @param rows how many, null for the default
  /// @param onError what happens when a transaction fails
  /// @param status the variable that says how it went for each row
  record InTransactions(
      @Nullable Expression rows, OnError onError, @Nullable Name status, Place place) {}

  enum OnError {
    FAIL,
    CONTINUE,
    BREAK
  }

  /// `USE graph`: which graph the rest of the query is about.
  record Use(String graph, Place place) implements Clause {}

  /// Ends a query without a result.
  record Finish(Place place) implements Clause {}

  record With(Projection projection, @Nullable Expression where, Place place) implements Clause {}

  record Return(Projection projection, Place place) implements Clause {}

  /// What a call hands on: everything (`*`), or some of its results, renamed and filtered.
  record Yield(boolean star, List<YieldItem> items, @Nullable Expression where, Place place) {
    public Yield {
      items = List.copyOf(items);
    }
  }

  record YieldItem(String field, Name variable) {}
}
