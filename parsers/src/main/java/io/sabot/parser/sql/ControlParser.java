package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Level;
import io.sabot.plan.statement.Statement.SavepointVerb;
import io.sabot.plan.statement.Statement.TransactionVerb;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Transactions, settings, prepared statements, and questions about the catalog.
final class ControlParser {
  /// The words with which these statements begin.
  static final Set<String> WORDS =
      Set.of(
          "BEGIN",
          "START",
          "COMMIT",
          "END",
          "ROLLBACK",
          "ABORT",
          "SAVEPOINT",
          "RELEASE",
          "SET",
          "SHOW",
          "DESCRIBE",
          "DESC",
          "PREPARE",
          "EXECUTE",
          "DEALLOCATE");

  private static final String TABLES =
      "SELECT table_schema, table_name, table_type FROM information_schema.tables"
          + " WHERE table_schema <> 'information_schema'";

  private final TokenReader in;
  private final SqlBinder binder;

  ControlParser(String text, List<Token> tokens, SqlBinder binder) {
    this.in = new TokenReader(text, tokens);
    this.binder = binder;
  }

  Statement statement() {
    Statement statement = read();
    in.end();
    return statement;
  }

  private Statement read() {
    Token verb = in.next();
    return switch (verb.text().toUpperCase(Locale.ROOT)) {
      case "BEGIN", "START" -> begin();
      case "COMMIT", "END" -> over(TransactionVerb.COMMIT);
      case "ROLLBACK", "ABORT" -> rollback();
      case "SAVEPOINT" -> new Statement.SavepointControl(SavepointVerb.SET, in.name());
      case "RELEASE" -> {
        in.take("SAVEPOINT");
        yield new Statement.SavepointControl(SavepointVerb.RELEASE, in.name());
      }
      case "SET" -> set();
      case "SHOW" -> show();
      case "PREPARE" -> prepare();
      case "EXECUTE" -> execute();
      case "DEALLOCATE" -> {
        in.take("PREPARE");
        yield new Statement.Deallocate(in.take("ALL") ? null : in.name());
      }
      default -> describe();
    };
  }

  // ---- transactions

  private Statement begin() {
    if (!in.take("TRANSACTION")) {
      in.take("WORK");
    }
    Level level = null;
    boolean readOnly = false;
    while (!in.atEnd()) {
      in.take(",");
      if (in.take("ISOLATION", "LEVEL")) {
        level = level();
      } else if (in.take("READ", "ONLY")) {
        readOnly = true;
      } else if (in.take("READ", "WRITE")) {
        readOnly = false;
      } else if (!in.take("NOT", "DEFERRABLE")) {
        throw Errors.unsupported(
            in.span(), "a transaction that is " + in.next().text() + " " + in.peek().text());
      }
    }
    return new Statement.TransactionControl(TransactionVerb.BEGIN, level, readOnly);
  }

  /// The weaker levels of the standard are given the snapshot that is stronger than they.
  private Level level() {
    if (in.take("SERIALIZABLE")) {
      return Level.SERIALIZABLE;
    }
    boolean isKnown =
        in.take("REPEATABLE", "READ")
            || in.take("SNAPSHOT")
            || in.take("READ", "COMMITTED")
            || in.take("READ", "UNCOMMITTED");
    if (!isKnown) {
      throw in.unexpected("SERIALIZABLE, REPEATABLE READ, SNAPSHOT or READ COMMITTED");
    }
    return Level.SNAPSHOT;
  }

  private Statement over(TransactionVerb verb) {
    if (!in.take("TRANSACTION")) {
      in.take("WORK");
    }
    return new Statement.TransactionControl(verb, null, false);
  }

  private Statement rollback() {
    Statement whole = over(TransactionVerb.ROLLBACK);
    if (!in.take("TO")) {
      return whole;
    }
    in.take("SAVEPOINT");
    return new Statement.SavepointControl(SavepointVerb.ROLLBACK_TO, in.name());
  }

  // ---- settings

  private Statement set() {
    if (!in.take("SESSION") && in.peek().is("LOCAL")) {
      throw Errors.unsupported(in.span(), "SET LOCAL");
    }
    boolean isZone = in.take("TIME", "ZONE");
    String name = isZone ? "timezone" : in.name();
    if (!isZone && !in.take("=")) {
      in.take("TO");
    }
    StringBuilder value = new StringBuilder();
    boolean isMissing = in.atEnd();
    while (!in.atEnd()) {
      value.append(in.next().text());
    }
    if (isMissing) {
      throw in.unexpected("a value");
    }
    return new Statement.SetOption(name, value.toString());
  }

  private Statement show() {
    if (in.take("TABLES")) {
      String schema = in.take("FROM") || in.take("IN") ? in.name() : null;
      return query(
          TABLES
              + (schema == null
                  ? " AND NOT (table_schema IN ('graph', 'rdf') AND is_insertable_into = 'NO')"
                  : " AND upper(table_schema) = upper(" + literal(schema) + ")")
              + " ORDER BY table_schema, table_name");
    }
    if (in.take("FUNCTIONS")) {
      return query(
          "SELECT routine_name, routine_type, data_type, routine_definition"
              + " FROM information_schema.routines ORDER BY routine_name");
    }
    if (in.take("SCHEMAS")) {
      return query("SELECT schema_name FROM information_schema.schemata ORDER BY schema_name");
    }
    if (in.take("COLUMNS")) {
      if (!in.take("FROM")) {
        in.expect("IN");
      }
      return describe();
    }
    if (in.take("TIME", "ZONE")) {
      return new Statement.ShowOption("timezone");
    }
    return new Statement.ShowOption(in.take("ALL") ? "" : in.name());
  }

  // ---- the catalog

  /// `[TABLE] name`: the columns of a table or view.
  private Statement describe() {
    in.take("TABLE");
    var place = in.span();
    String first = in.name();
    boolean isQualified = in.take(".");
    String schema = isQualified ? first : CatalogReader.DEFAULT_SCHEMA;
    String name = isQualified ? in.name() : first;
    boolean isView =
        binder.catalog.views().stream()
            .anyMatch(v -> v.schema().equalsIgnoreCase(schema) && v.name().equalsIgnoreCase(name));
    boolean isSystem =
        schema.equalsIgnoreCase(InformationSchema.NAME)
            || NativeTables.of(schema, binder).containsKey(name);
    if (!isView && !isSystem && binder.catalog.table(schema, name).isEmpty()) {
      throw Errors.unknownTable(
          place, name, binder.catalog.tables().stream().map(t -> t.name()).toList());
    }
    return query(
        "SELECT column_name, data_type, is_nullable, column_default, column_comment"
            + " FROM information_schema.columns"
            + " WHERE upper(table_schema) = upper("
            + literal(schema)
            + ") AND upper(table_name) = upper("
            + literal(name)
            + ") ORDER BY ordinal_position");
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private Statement query(String text) {
    return binder.statement(text);
  }

  // ---- prepared statements

  private Statement prepare() {
    String name = in.name();
    if (in.peek().is("(")) {
      in.parenthesised();
    }
    in.expect("AS");
    return new Statement.Prepare(name, in.rest());
  }

  private Statement execute() {
    String name = in.name();
    return new Statement.Execute(name, arguments());
  }

  private io.sabot.plan.logical.LogicalNode.@Nullable Output arguments() {
    if (!in.peek().is("(") || in.peekSecond().is(")")) {
      if (in.take("(")) {
        in.expect(")");
      }
      return null;
    }
    return binder.plan("SELECT " + in.parenthesised());
  }
}
