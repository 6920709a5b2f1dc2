package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// The GRAPH_TABLEs of a statement, which Calcite's grammar does not have: the parser sees the name
/// of a table in the place of each, which then becomes a call of a table function.
///
/// @param text the statement with names in their place, positions unchanged
/// @param parameters the same with its parameters; those inside of a GRAPH_TABLE count too
record GraphTables(String text, ParameterText parameters) {
  static GraphTables lift(String written, SqlBinder binder) {
    String text = FileTexts.lift(written, binder);
    if (last(Scanner.scan(text)) < 0) {
      return new GraphTables(text, ParameterText.of(text));
    }
    Found all = Found.in(text, binder::nextGraphTable);
    List<GraphTableText> found = all.texts();
    List<String> names = all.names();
    Map<Integer, String> parameters = all.parameters(text);
    for (int i = 0; i < found.size(); i++) {
      GraphTableText one = found.get(i);
      ParameterText own = ParameterText.of(one.text(), parameters);
      List<Token> starts =
          Scanner.scan(one.text()).stream()
              .filter(t -> t.kind() == Token.Kind.PARAMETER && parameters.containsKey(t.start()))
              .toList();
      GraphTable table = new GraphTable(names.get(i), one, own, new Fragments(own, starts), binder);
      binder.graphTables.put(names.get(i), table);
    }
    String lifted = all.rest();
    return new GraphTables(lifted, ParameterText.of(lifted, parameters));
  }

  private static int last(List<Token> tokens) {
    for (int i = tokens.size() - 2; i >= 0; i--) {
      if (tokens.get(i).is("GRAPH_TABLE") && tokens.get(i + 1).is("(")) {
        return i;
      }
    }
    return -1;
  }

  private static void put(StringBuilder text, List<Token> tokens, int at, int end, String name) {
    int from = tokens.get(at).start();
    if (at > 0 && tokens.get(at - 1).is("LATERAL")) {
      blank(text, tokens.get(at - 1).start(), from);
    }
    blank(text, from, end);
    text.replace(from, from + name.length(), name);
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }

  /// The names of all parameters of a statement.
  static Collection<String> parameterNames(String text) {
    return Found.in(text, () -> "$g").parameters(text).values();
  }

  /// The GRAPH_TABLEs of a text, the last one first.
  ///
  /// @param rest the text with a name in the place of each
  /// @param notParameters where `?` and `:name` stand that are no parameters
  private record Found(
      List<GraphTableText> texts, List<String> names, String rest, Set<Integer> notParameters) {
    static Found in(String text, Supplier<String> newName) {
      Set<Integer> notParameters = new HashSet<>();
      List<GraphTableText> texts = new ArrayList<>();
      List<String> names = new ArrayList<>();
      StringBuilder rest = new StringBuilder(text);
      List<Token> tokens = Scanner.scan(text);
      int last = last(tokens);
      // From the last to the first: one inside of another starts behind it.
      while (last >= 0) {
        GraphTableText one = GraphTableText.read(rest.toString(), tokens, last, notParameters);
        String name = newName.get();
        put(rest, tokens, last, one.end(), '"' + name + '"');
        texts.add(one);
        names.add(name);
        tokens = Scanner.scan(rest.toString());
        last = last(tokens);
      }
      return new Found(texts, names, rest.toString(), notParameters);
    }

    /// The names of all parameters by where they start, in order.
    Map<Integer, String> parameters(String text) {
      Map<Integer, String> found = new LinkedHashMap<>();
      int positional = 0;
      List<Token> tokens = Scanner.scan(text);
      for (int i = 0; i < tokens.size(); i++) {
        Token token = tokens.get(i);
        if (token.kind() == Token.Kind.PARAMETER
            && !notParameters.contains(token.start())
            && !InfixTokens.isOperator(text, tokens, i)) {
          String name = token.text().isEmpty() ? String.valueOf(++positional) : token.text();
          found.put(token.start(), name);
        }
      }
      return found;
    }
  }

  /// Puts calls in the place of the names.
  static SqlNode place(SqlNode node, SqlBinder binder) {
    return binder.graphTables.isEmpty() && binder.files.isEmpty()
        ? node
        : Objects.requireNonNull(node.accept(new Calls(binder)));
  }

  private static final class Calls extends SqlShuttle {
    private final SqlBinder binder;

    Calls(SqlBinder binder) {
      this.binder = binder;
    }

    /// A file that is given no name is called as it is on disk.
    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      boolean isNamedFile =
          call.getKind() == SqlKind.AS
              && call.operand(0) instanceof SqlIdentifier id
              && id.isSimple()
              && binder.files.containsKey(id.getSimple());
      return isNamedFile ? call : super.visit(call);
    }

    private SqlNode file(SqlIdentifier id) {
      CatalogReader.FileRows file = id.isSimple() ? binder.files.get(id.getSimple()) : null;
      SqlParserPos at = id.getParserPosition();
      return file == null
          ? id
          : SqlStdOperatorTable.AS.createCall(at, id, new SqlIdentifier(file.alias(), at));
    }

    @Override
    public SqlNode visit(SqlIdentifier id) {
      GraphTable table = id.isSimple() ? binder.graphTables.get(id.getSimple()) : null;
      if (table == null) {
        return file(id);
      }
      SqlParserPos at = id.getParserPosition();
      List<SqlNode> arguments = new ArrayList<>(table.outer());
      SqlFunction function = table.function();
      SqlCall call = function.createCall(at, arguments.toArray(new SqlNode[0]));
      SqlCall rows = SqlStdOperatorTable.COLLECTION_TABLE.createCall(at, call);
      return arguments.isEmpty() ? rows : SqlStdOperatorTable.LATERAL.createCall(at, rows);
    }
  }
}
