package io.sabot.engine;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.statement.Statement.PlanForm;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// A result whose rows are in memory: those of statements that write, and of commands.
final class Rows implements Result {
  private final List<String> columns;
  private final List<Type> types;
  private final ResultForm form;
  private final Summary summary;
  private final Iterator<Row> rows;

  Rows(List<String> columns, List<Type> types, ResultForm form, Summary summary, List<Row> rows) {
    this.columns = List.copyOf(columns);
    this.types = List.copyOf(types);
    this.form = form;
    this.summary = summary;
    this.rows = rows.iterator();
  }

  static Rows none() {
    return new Rows(List.of(), List.of(), ResultForm.NONE, Summary.NOTHING, List.of());
  }

  /// A result of one text column.
  static Rows lines(String column, String text) {
    List<Row> rows =
        text.lines()
            .map(line -> new Row(List.of(column), List.of(line), List.of(Value.of(line))))
            .toList();
    return new Rows(List.of(column), List.of(Type.STRING), ResultForm.ROWS, Summary.NOTHING, rows);
  }

  /// A plan: a row a line, or one row with all of its JSON.
  static Rows plan(String text, PlanForm form) {
    return form.asJson() ? texts(List.of("plan"), List.of(List.of(text))) : lines("plan", text);
  }

  /// One row with a number of rows.
  static Rows count(long count) {
    List<String> names = List.of("count");
    Row row = new Row(names, List.of(count), List.of(Value.of(count)));
    return new Rows(names, List.of(Type.INT64), ResultForm.NONE, Summary.NOTHING, List.of(row));
  }

  /// A result of text columns.
  static Rows texts(List<String> columns, List<List<String>> texts) {
    List<Row> rows = new ArrayList<>();
    for (List<String> row : texts) {
      List<Value> values = new ArrayList<>();
      row.forEach(cell -> values.add(Value.of(cell)));
      rows.add(new Row(columns, new ArrayList<>(row), values));
    }
    List<Type> types = columns.stream().map(_ -> (Type) Type.STRING).toList();
    return new Rows(columns, types, ResultForm.ROWS, Summary.NOTHING, rows);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<Type> types() {
    return types;
  }

  @Override
  public ResultForm form() {
    return form;
  }

  @Override
  public Summary summary() {
    return summary;
  }

  @Override
  public ArrowBatches arrow() {
    throw new QueryException(
        ErrorCode.UNSUPPORTED, null, "Arrow batches of a statement that writes", "read its rows");
  }

  @Override
  public void cancel() {}

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Row next() {
    return rows.next();
  }

  @Override
  public void close() {}
}
