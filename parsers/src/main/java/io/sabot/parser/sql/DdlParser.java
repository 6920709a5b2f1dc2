package io.sabot.parser.sql;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.TableVerb;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Definitions: what Calcite's parser leaves out.
final class DdlParser {
  private final TokenReader in;
  private final SqlBinder binder;

  DdlParser(String text, List<Token> tokens, SqlBinder binder) {
    this(new TokenReader(text, tokens), binder);
  }

  DdlParser(TokenReader in, SqlBinder binder) {
    this.in = in;
    this.binder = binder;
  }

  /// A name with or without its schema.
  record Name(String schema, String name) {}

  Name qualified() {
    String first = in.name();
    return in.take(".")
        ? new Name(first, in.name())
        : new Name(CatalogReader.DEFAULT_SCHEMA, first);
  }

  // ---- definitions

  Statement definition() {
    Statement statement = create();
    in.end();
    return statement;
  }

  private Statement create() {
    if (in.peek().is("DROP")) {
      return drop();
    }
    if (in.take("CREATE", "TABLE")) {
      return createTable();
    }
    if (in.take("CREATE", "SCHEMA")) {
      boolean ifNotExists = in.take("IF", "NOT", "EXISTS");
      return new Statement.CreateSchema(in.name(), ifNotExists);
    }
    if (in.take("CREATE", "OR", "REPLACE", "VIEW")) {
      return createView(true);
    }
    if (in.take("CREATE", "OR", "REPLACE", "PROPERTY", "GRAPH")) {
      return new PropertyGraphParser(in, this, binder).create(true);
    }
    if (in.take("CREATE", "PROPERTY", "GRAPH")) {
      return new PropertyGraphParser(in, this, binder).create(false);
    }
    if (in.take("CREATE", "VIEW")) {
      return createView(false);
    }
    if (in.take("CREATE", "OR", "REPLACE", "MATERIALIZED", "VIEW")) {
      return new MaterializedViewParser(in, this, binder).create(true);
    }
    if (in.take("CREATE", "MATERIALIZED", "VIEW")) {
      return new MaterializedViewParser(in, this, binder).create(false);
    }
    if (in.peek().is("REFRESH")) {
      return new MaterializedViewParser(in, this, binder).refresh();
    }
    if (in.take("CREATE", "UNIQUE", "INDEX")) {
      return createIndex(true);
    }
    if (in.take("CREATE", "INDEX")) {
      return createIndex(false);
    }
    if (in.take("ALTER", "TABLE")) {
      return new AlterParser(in, this, binder).alterTable();
    }
    if (in.take("CREATE", "SEQUENCE")) {
      return createSequence();
    }
    if (in.take("CREATE", "OR", "REPLACE", "FUNCTION")) {
      return new FunctionParser(in, this, binder).create(true);
    }
    if (in.take("CREATE", "FUNCTION")) {
      return new FunctionParser(in, this, binder).create(false);
    }
    if (in.take("CREATE", "OR", "REPLACE", "RDF", "MAPPING")) {
      return createMapping(true);
    }
    if (in.take("CREATE", "RDF", "MAPPING")) {
      return createMapping(false);
    }
    if (in.take("COMMENT", "ON")) {
      return new CommentParser(in, this, binder).comment();
    }
    if (in.take("TRUNCATE")) {
      in.take("TABLE");
      return truncate();
    }
    throw Errors.unsupported(in.span(), in.next().text() + " " + in.next().text());
  }

  /// `name AS 'R2RML in Turtle'`.
  private Statement createMapping(boolean orReplace) {
    String name = in.name();
    in.expect("AS");
    if (in.peek().kind() != Token.Kind.STRING) {
      throw in.unexpected("a mapping in R2RML, in quotes");
    }
    return new Statement.CreateRdfMapping(name, in.next().text(), orReplace);
  }

  private Statement drop() {
    if (in.take("DROP", "RDF", "MAPPING")) {
      boolean ifExists = in.take("IF", "EXISTS");
      return new Statement.DropRdfMapping(in.name(), ifExists);
    }
    if (in.take("DROP", "PROPERTY", "GRAPH")) {
      return new PropertyGraphParser(in, this, binder).drop();
    }
    if (in.take("DROP", "TABLE")) {
      boolean ifExists = in.take("IF", "EXISTS");
      Name name = qualified();
      return new Statement.DropTable(name.schema(), name.name(), ifExists);
    }
    if (in.take("DROP", "SCHEMA")) {
      boolean ifExists = in.take("IF", "EXISTS");
      return new Statement.DropSchema(in.name(), ifExists);
    }
    if (in.take("DROP", "VIEW")) {
      boolean ifExists = in.take("IF", "EXISTS");
      Name name = qualified();
      return new Statement.DropView(name.schema(), name.name(), ifExists);
    }
    if (in.take("DROP", "MATERIALIZED", "VIEW")) {
      return new MaterializedViewParser(in, this, binder).drop();
    }
    if (in.take("DROP", "INDEX")) {
      in.take("CONCURRENTLY");
      boolean ifExists = in.take("IF", "EXISTS");
      return new Statement.DropIndex(in.name(), ifExists);
    }
    if (in.take("DROP", "SEQUENCE")) {
      boolean ifExists = in.take("IF", "EXISTS");
      Name name = qualified();
      return new Statement.DropSequence(name.schema(), name.name(), ifExists);
    }
    if (in.take("DROP", "FUNCTION")) {
      return dropFunction();
    }
    throw Errors.unsupported(in.span(), in.next().text() + " " + in.next().text());
  }

  /// `[IF EXISTS] name [(types)]`; there is one function of a name.
  private Statement dropFunction() {
    boolean ifExists = in.take("IF", "EXISTS");
    Name name = qualified();
    if (in.peek().is("(")) {
      in.parenthesised();
    }
    return new Statement.DropFunction(name.schema(), name.name(), ifExists);
  }

  private Statement createTable() {
    boolean ifNotExists = in.take("IF", "NOT", "EXISTS");
    Name name = qualified();
    if (in.take("AS")) {
      return createTableAs(name, List.of(), ifNotExists);
    }
    TableParser parser = new TableParser(in, this);
    TableDef table = parser.table(name);
    table.checks().forEach(check -> RowCondition.of(binder, table, check.condition()));
    Defaults.check(table, binder);
    return new Statement.CreateTable(table, parser.sequences(), ifNotExists);
  }

  /// `[IF NOT EXISTS] name [AS type] options`.
  private Statement createSequence() {
    boolean ifNotExists = in.take("IF", "NOT", "EXISTS");
    Name name = qualified();
    int bits = 64;
    if (in.take("AS")) {
      var place = in.span();
      if (!(new TypeParser(in).type() instanceof Type.Int(int width))) {
        throw Errors.semantic(place, "SequenceType", "a sequence gives whole numbers", "");
      }
      bits = width;
    }
    SequenceParser options = new SequenceParser(in, (1L << (bits - 1)) - 1);
    options.options();
    return new Statement.CreateSequence(
        options.sequence(0, name.schema(), name.name()), ifNotExists);
  }

  /// `ANALYZE [table]`.
  Statement analyze() {
    in.expect("ANALYZE");
    Integer tableId = in.atEnd() ? null : table(qualified()).id();
    in.end();
    return new Statement.Analyze(tableId);
  }

  IndexTarget columns(TableDef table) {
    List<Integer> columnIds = new ArrayList<>();
    in.expect("(");
    do {
      columnIds.add(indexedColumn(table));
    } while (in.take(","));
    in.expect(")");
    return new IndexTarget.TableColumns(table.id(), columnIds);
  }

  /// `[IF NOT EXISTS] [name] ON table (column, ...)`.
  private Statement createIndex(boolean unique) {
    // An index is always built beside the changes of others.
    in.take("CONCURRENTLY");
    boolean ifNotExists = in.take("IF", "NOT", "EXISTS");
    String name = in.peek().is("ON") ? null : in.name();
    in.expect("ON");
    TableDef table = table(qualified());
    if (in.take("USING") && !in.take("BTREE")) {
      throw Errors.unsupported(in.span(), "an index of kind " + in.peek().text());
    }
    return new Statement.CreateIndex(name, columns(table), unique, ifNotExists);
  }

  /// A column and a direction. An index is read both ways and promises no order to a query, so that
  /// the direction changes nothing.
  private int indexedColumn(TableDef table) {
    int id = in.column(table).id();
    if (!in.take("ASC")) {
      in.take("DESC");
    }
    if (!in.take("NULLS", "FIRST")) {
      in.take("NULLS", "LAST");
    }
    return id;
  }

  private Statement createTableAs(Name name, List<String> names, boolean ifNotExists) {
    LogicalNode.Output plan = binder.plan(in.rest());
    List<ColumnDef> columns = new ArrayList<>();
    for (int i = 0; i < plan.columns().size(); i++) {
      Column column = plan.columns().get(i).column();
      String columnName = names.isEmpty() ? plan.columns().get(i).name() : names.get(i);
      columns.add(new ColumnDef(i + 1, columnName, column.type(), true));
    }
    TableDef table =
        new TableDef(0, name.schema(), name.name(), columns, List.of(), List.of(), List.of());
    return new Statement.CreateTableAs(table, plan, ifNotExists);
  }

  private Statement createView(boolean orReplace) {
    Name name = qualified();
    List<String> columns = in.peek().is("(") ? in.names() : List.of();
    String language = in.take("LANGUAGE") ? in.name().toLowerCase(java.util.Locale.ROOT) : "sql";
    in.expect("AS");
    String text = in.rest();
    if (!columns.isEmpty()) {
      if (!language.equals("sql")) {
        throw Errors.unsupported(null, "a column list for a view in " + language);
      }
      String list = String.join(", ", columns.stream().map(c -> '"' + c + '"').toList());
      text = "SELECT * FROM (" + text + "\n) AS v(" + list + ")";
    }
    binder.plan(language, text, Map.of());
    return new Statement.CreateView(name.schema(), name.name(), language, text.strip(), orReplace);
  }

  /// `TRUNCATE [TABLE] table, ...`.
  private Statement truncate() {
    List<LogicalNode> changes = new ArrayList<>();
    Column count;
    do {
      in.take("ONLY");
      count = binder.columns.column("count", Type.INT64, false);
      SourceSpan place = in.span();
      changes.add(truncated(changeable(qualified(), place), count));
    } while (in.take(","));
    in.take("CONTINUE", "IDENTITY");
    in.take("RESTRICT");
    LogicalNode all = changes.size() == 1 ? changes.getFirst() : new LogicalNode.Sequence(changes);
    return new Statement.Query(
        new LogicalNode.Output(all, List.of(new LogicalNode.OutputColumn(count, "count"))),
        Mode.RUN,
        ResultForm.NONE);
  }

  LogicalNode truncated(TableDef table, Column count) {
    Column address = binder.columns.column("row_address", Type.INT64, false);
    LogicalNode scan = new LogicalNode.TableScan(table.id(), table.name(), List.of(), address);
    return new LogicalNode.TableModify(
        TableVerb.DELETE, table.id(), table.name(), scan, address, Map.of(), count);
  }

  /// A table whose rows and columns may be changed.
  TableDef changeable(Name name, SourceSpan place) {
    TableDef table = table(name);
    MaterializedViewParser.checkNone(table, binder, place);
    return table;
  }

  TableDef table(Name name) {
    return binder
        .catalog
        .table(name.schema(), name.name())
        .orElseThrow(() ->
            Errors.unknownTable(
                in.span(),
                name.name(),
                binder.catalog.tables().stream().map(TableDef::name).toList()));
  }
}
