package io.sabot.parser.sql;

import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `CREATE FUNCTION name(parameter type, ...) RETURNS type [LANGUAGE sql] AS $$ body $$`, or
/// `RETURN expression` in the place of `AS`.
final class FunctionParser {
  private final TokenReader in;
  private final DdlParser definitions;
  private final SqlBinder binder;

  FunctionParser(TokenReader in, DdlParser definitions, SqlBinder binder) {
    this.in = in;
    this.definitions = definitions;
    this.binder = binder;
  }

  Statement create(boolean orReplace) {
    SourceSpan place = in.span();
    DdlParser.Name name = definitions.qualified();
    checkFree(name.name(), place);
    List<Field> parameters = parameters();
    in.expect("RETURNS");
    if (in.peek().is("TABLE") || in.peek().is("SETOF")) {
      throw Errors.unsupported(in.span(), "a SQL function that returns a table (use a view)");
    }
    Type returns = new TypeParser(in).type();
    String text = body();
    FunctionDef function =
        new FunctionDef(0, name.schema(), name.name(), parameters, returns, text);
    FunctionBody.bind(function, binder.catalog, binder.columns, binder.languages);
    return new Statement.CreateFunction(function, orReplace);
  }

  private void checkFree(String name, SourceSpan place) {
    if (Operators.names().contains(name.toLowerCase(Locale.ROOT))) {
      throw new QueryException(
          ErrorCode.DUPLICATE_NAME,
          place,
          "there is a function '" + name + "' already, and it is built in",
          "use another name");
    }
  }

  private List<Field> parameters() {
    List<Field> parameters = new ArrayList<>();
    in.expect("(");
    while (!in.take(")")) {
      if (!parameters.isEmpty()) {
        in.expect(",");
      }
      in.take("IN");
      SourceSpan place = in.span();
      String name = in.name();
      if (parameters.stream().anyMatch(p -> p.name().equalsIgnoreCase(name))) {
        throw new QueryException(
            ErrorCode.DUPLICATE_NAME, place, "there are two parameters '" + name + "'", "");
      }
      parameters.add(new Field(name, new TypeParser(in).type()));
    }
    return parameters;
  }

  /// Reads what is said about the function and its body, in any order.
  private String body() {
    while (true) {
      if (in.take("LANGUAGE")) {
        SourceSpan place = in.span();
        String language = in.name();
        if (!language.equalsIgnoreCase("sql")) {
          throw Errors.unsupported(place, "a function in the language '" + language + "'");
        }
      } else if (in.take("AS")) {
        Token text = in.next();
        if (text.kind() != Token.Kind.STRING) {
          throw in.unexpected("the body as a text, such as $$ a + b $$");
        }
        while (in.take("LANGUAGE", "SQL") || takeAttribute()) {
          // They stand on both sides of the body.
        }
        return text.text();
      } else if (in.take("RETURN")) {
        return in.rest().strip();
      } else if (!takeAttribute()) {
        throw in.unexpected("LANGUAGE sql, AS or RETURN");
      }
    }
  }

  /// What is said of how a function behaves: its body tells.
  private boolean takeAttribute() {
    return in.take("IMMUTABLE")
        || in.take("STABLE")
        || in.take("VOLATILE")
        || in.take("PARALLEL", "SAFE")
        || in.take("PARALLEL", "UNSAFE")
        || in.take("PARALLEL", "RESTRICTED")
        || in.take("CALLED", "ON", "NULL", "INPUT");
  }
}
