package io.sabot.optimizer.joinorder;

import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.ColumnRead;
import io.sabot.plan.logical.LogicalNode.TableScan;
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes scans of one table that are joined on its primary key one scan, and drops scans that only
/// find what a foreign key says is there.
///
/// ```
/// join inner a = c                     table person [a = 1, b = 2, d = 3]
///   table person [a = 1, b = 2]   =>
///   table person [c = 1, d = 3]
/// ```
///
/// Triple patterns with one subject give one such scan each. Not without all columns of the key:
/// two rows of one customer are not the same row.
///
/// ```
/// join inner a = c                           filter a IS NOT NULL
///   table knows [a = 1 -> person, b = 2] =>    table knows [a = 1, b = 2]
///   table person [c = 1]
/// ```
///
/// The second not in a statement that changes data: foreign keys hold between statements.
public final class CollapseSelfJoins {
  private final Catalog catalog;
  private final boolean keysHold;

  private CollapseSelfJoins(Catalog catalog, boolean keysHold) {
    this.catalog = catalog;
    this.keysHold = keysHold;
  }

  public static LogicalNode apply(LogicalNode root, Catalog catalog) {
    return new CollapseSelfJoins(catalog, !Updates.in(root)).rewrite(root);
  }

  private LogicalNode rewrite(LogicalNode node) {
    if (!isRoot(node)) {
      return node.mapInputs(this::rewrite);
    }
    List<LogicalNode> before = new ArrayList<>();
    List<Expr> conjuncts = new ArrayList<>();
    collect(node, before, conjuncts);
    List<LogicalNode> atoms = new ArrayList<>();
    before.forEach(a -> atoms.add(rewrite(a)));
    Collapse collapse = new Collapse(atoms, conjuncts);
    if (collapse.run()) {
      return collapse.plan(node);
    }
    return same(atoms, before) ? node : join(atoms, conjuncts);
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean same(List<LogicalNode> atoms, List<LogicalNode> before) {
    for (int i = 0; i < atoms.size(); i++) {
      if (atoms.get(i) != before.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRoot(LogicalNode node) {
    return node instanceof LogicalNode.Join join && join.kind() == JoinKind.INNER
        || node instanceof LogicalNode.Filter(var input, _) && isRoot(input);
  }

  private static void collect(LogicalNode node, List<LogicalNode> atoms, List<Expr> conjuncts) {
    switch (node) {
      case LogicalNode.Join join when join.kind() == JoinKind.INNER -> {
        collect(join.left(), atoms, conjuncts);
        collect(join.right(), atoms, conjuncts);
        conjuncts.addAll(LogicFunctions.conjuncts(join.condition()));
      }
      case LogicalNode.Filter(var input, var predicate) when isRoot(input) -> {
        collect(input, atoms, conjuncts);
        conjuncts.addAll(LogicFunctions.conjuncts(predicate));
      }
      default -> atoms.add(node);
    }
  }

  private static LogicalNode join(List<LogicalNode> atoms, List<Expr> conjuncts) {
    LogicalNode plan = atoms.getFirst();
    for (LogicalNode atom : atoms.subList(1, atoms.size())) {
      plan = new LogicalNode.Join(JoinKind.INNER, plan, atom, Expr.TRUE, null);
    }
    Expr condition = LogicFunctions.and(conjuncts);
    return condition.equals(Expr.TRUE) ? plan : new LogicalNode.Filter(plan, condition);
  }

  /// An atom that is a table scan, perhaps under a filter.
  private record Scan(TableScan scan, List<Expr> filter) {
    static @Nullable Scan of(LogicalNode atom) {
      return switch (atom) {
        case TableScan scan -> new Scan(scan, List.of());
        case LogicalNode.Filter(TableScan scan, var predicate) ->
            new Scan(scan, LogicFunctions.conjuncts(predicate));
        default -> null;
      };
    }

    @Nullable Column column(int columnId) {
      for (ColumnRead read : scan.reads()) {
        if (read.columnId() == columnId) {
          return read.column();
        }
      }
      return null;
    }
  }

  private final class Collapse {
    private final List<LogicalNode> atoms;
    private List<Expr> conjuncts;
    private final Map<Column, Expr> renamed = new HashMap<>();

    Collapse(List<LogicalNode> atoms, List<Expr> conjuncts) {
      this.atoms = atoms;
      this.conjuncts = conjuncts;
    }

    boolean run() {
      boolean changed = false;
      while (step()) {
        changed = true;
      }
      return changed;
    }

    private boolean step() {
      for (int i = 0; i < atoms.size(); i++) {
        for (int j = i + 1; j < atoms.size(); j++) {
          if (merge(i, j)) {
            return true;
          }
        }
      }
      for (int i = 0; keysHold && i < atoms.size(); i++) {
        if (drop(i)) {
          return true;
        }
      }
      return false;
    }

    /// Drops a scan of nothing but a key that some foreign key is equal to.
    private boolean drop(int i) {
      if (!(atoms.get(i) instanceof TableScan scan)
          || scan.rowAddress() != null
          || scan.reads().size() != 1) {
        return false;
      }
      ColumnRead read = scan.reads().getFirst();
      boolean isKey =
          catalog
              .table(scan.tableId())
              .map(t -> t.primaryKey().equals(List.of(read.columnId())))
              .orElse(false);
      Column reference = isKey ? reference(i, scan.tableId(), read) : null;
      if (reference == null) {
        return false;
      }
      Map<Column, Expr> names = Map.of(read.column(), reference.ref());
      atoms.remove(i);
      conjuncts = substitute(conjuncts, names);
      conjuncts.add(LogicFunctions.IS_NOT_NULL.call(reference.ref()));
      renamed.replaceAll((_, e) -> ExprFacts.substitute(e, names));
      renamed.putAll(names);
      return true;
    }

    /// A column of another atom that is equal to the key and a foreign key that names its table.
    private @Nullable Column reference(int keyAtom, int table, ColumnRead key) {
      References references = new References(catalog, table, key.columnId());
      EqualColumns equal = new EqualColumns(conjuncts);
      for (int i = 0; i < atoms.size(); i++) {
        for (Column column : i == keyAtom ? List.<Column>of() : PlanColumns.of(atoms.get(i))) {
          if (column.type().equals(key.column().type())
              && equal.areEqual(column, key.column())
              && references.hold(atoms.get(i), column)) {
            return column;
          }
        }
      }
      return null;
    }

    private boolean merge(int i, int j) {
      Scan first = Scan.of(atoms.get(i));
      Scan second = Scan.of(atoms.get(j));
      if (first == null
          || second == null
          || first.scan().tableId() != second.scan().tableId()
          || first.scan().rowAddress() != null
          || second.scan().rowAddress() != null
          || !isSameRow(first, second)) {
        return false;
      }
      Map<Column, Expr> names = new HashMap<>();
      List<ColumnRead> reads = new ArrayList<>(first.scan().reads());
      for (ColumnRead read : second.scan().reads()) {
        Column own = first.column(read.columnId());
        if (own == null) {
          reads.add(read);
        } else {
          names.put(read.column(), own.ref());
        }
      }
      TableScan merged =
          new TableScan(first.scan().tableId(), first.scan().tableName(), reads, null);
      List<Expr> filter = new ArrayList<>(first.filter());
      second.filter().forEach(f -> filter.add(ExprFacts.substitute(f, names)));
      atoms.set(
          i,
          filter.isEmpty() ? merged : new LogicalNode.Filter(merged, LogicFunctions.and(filter)));
      atoms.remove(j);
      conjuncts = substitute(conjuncts, names);
      renamed.replaceAll((_, e) -> ExprFacts.substitute(e, names));
      renamed.putAll(names);
      return true;
    }

    private List<Expr> substitute(List<Expr> all, Map<Column, Expr> names) {
      List<Expr> result = new ArrayList<>();
      for (Expr conjunct : all) {
        Expr renamedConjunct = ExprFacts.substitute(conjunct, names);
        if (!isTrivial(renamedConjunct)) {
          result.add(renamedConjunct);
        }
      }
      return result;
    }

    /// Whether a conjunct compares a column that is never null with itself.
    private boolean isTrivial(Expr conjunct) {
      return conjunct instanceof Expr.Call(var function, var args, _)
          && ComparisonFunctions.opOf(function) == ComparisonFunctions.Op.EQ
          && args.get(0) instanceof Expr.Col(var column)
          && args.get(0).equals(args.get(1))
          && !(column.type() instanceof io.sabot.plan.type.Type.Floating)
          && atoms.stream()
              .flatMap(a -> PlanColumns.of(a).stream())
              .anyMatch(c -> c.equals(column) && !c.nullable());
    }

    private boolean isSameRow(Scan first, Scan second) {
      Optional<TableDef> table = catalog.table(first.scan().tableId());
      if (table.isEmpty() || !table.get().hasPrimaryKey()) {
        return false;
      }
      EqualColumns equal = new EqualColumns(conjuncts);
      return table.get().primaryKey().stream()
          .allMatch(id -> {
            Column a = first.column(id);
            Column b = second.column(id);
            return a != null && b != null && equal.areEqual(a, b);
          });
    }

    LogicalNode plan(LogicalNode original) {
      List<Assignment> names = new ArrayList<>();
      for (Column column : PlanColumns.of(original)) {
        Expr name = renamed.get(column);
        names.add(name == null ? Assignment.same(column) : new Assignment(column, name));
      }
      return new LogicalNode.Project(join(atoms, conjuncts), names);
    }
  }
}
