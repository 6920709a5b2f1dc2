package io.sabot.optimizer.physical;

import static io.sabot.optimizer.physical.PhysicalPlanner.concat;
import static io.sabot.optimizer.physical.PhysicalPlanner.filterOn;
import static io.sabot.optimizer.physical.PhysicalPlanner.keep;
import static io.sabot.optimizer.physical.PhysicalPlanner.union;

import io.sabot.optimizer.access.AccessPaths;
import io.sabot.optimizer.cost.Estimator;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns a scan under conditions into a search in an index: find entries, read what they name, test
/// all conditions.
///
/// ```
/// filter a = 5 and b > c          filter a = 5 and b > c
///   scan t                  =>      row_lookup t at x
///                                     index_seek x by t_a [5]
/// ```
final class IndexLookups {
  private final ColumnAllocator allocator;
  private final AccessPaths paths;
  private final boolean enabled;

  IndexLookups(Catalog catalog, ColumnAllocator allocator, boolean enabled) {
    this.allocator = allocator;
    this.paths = new AccessPaths(catalog, new Estimator(catalog));
    this.enabled = enabled;
  }

  /// A search for constants and columns of enclosing left sides, where that is cheaper than the
  /// scan; otherwise null.
  @Nullable PhysicalNode fromOuter(
      LogicalNode leaf, List<Expr> conjuncts, Set<Column> needed, Set<Column> outer) {
    AccessPaths.Path path = enabled ? paths.best(leaf, conjuncts, outer) : null;
    if (path == null || !isWorthIt(path, leaf, outer)) {
      return null;
    }
    PhysicalNode unit = new PhysicalNode.Values(List.of(), List.of(List.of()));
    return search(leaf, conjuncts, path, new Source(outer, _ -> unit), needed);
  }

  /// A side that runs again and again may add to what it reads, as MERGE does: there a search for
  /// single values is right whatever is there now.
  private boolean isWorthIt(AccessPaths.Path path, LogicalNode leaf, Set<Column> outer) {
    boolean isPoint =
        path.seeks().stream().allMatch(s -> !s.equal().isEmpty() && s.anyOf() == null);
    double rows = paths.scanRows(leaf);
    boolean isRepeated = !outer.isEmpty() && isPoint && path.entries() <= Math.max(10, rows / 2);
    return isRepeated || path.cost() < paths.scanCost(leaf);
  }

  /// A search for each row of a left side; delivers the left columns too. Null when no index serves
  /// the conditions.
  @Nullable PhysicalNode fromLeft(
      LogicalNode leaf,
      List<Expr> conjuncts,
      Set<Column> left,
      Function<Set<Column>, PhysicalNode> leftRows,
      Set<Column> needed,
      Set<Column> outer) {
    AccessPaths.Path path = enabled ? paths.best(leaf, conjuncts, union(left, outer)) : null;
    return path == null ? null : search(leaf, conjuncts, path, new Source(outer, leftRows), needed);
  }

  /// Where the values that are looked for come from.
  ///
  /// @param constants columns that are known without being passed on
  /// @param rows plans the input so that it delivers these columns
  private record Source(Set<Column> constants, Function<Set<Column>, PhysicalNode> rows) {}

  private PhysicalNode search(
      LogicalNode leaf,
      List<Expr> conjuncts,
      AccessPaths.Path path,
      Source source,
      Set<Column> needed) {
    ScannedProperties read = ScannedProperties.of(leaf, conjuncts, allocator);
    Set<Column> wanted = union(needed, LogicFunctions.and(read.conjuncts()).columns());
    wanted.removeAll(source.constants());
    Set<Column> fromInput = new LinkedHashSet<>(wanted);
    path.seeks().forEach(seek -> seek.exprs().forEach(e -> e.collectColumns(fromInput)));
    fromInput.removeAll(new HashSet<>(PlanColumns.of(read.scan())));
    fromInput.removeAll(source.constants());
    PhysicalNode input = source.rows().apply(fromInput);
    PhysicalNode found =
        switch (read.scan()) {
          case LogicalNode.TableScan scan -> rows(scan, path, input, wanted);
          case LogicalNode.NodeScan scan -> nodes(scan, path, input, wanted);
          case LogicalNode.EdgeScan scan -> edges(scan, path, input, wanted);
          default -> throw new IllegalStateException("no index on " + leaf);
        };
    return filterOn(found, read.conjuncts(), needed);
  }

  private static PhysicalNode.IndexSeek seek(
      AccessPaths.Path path, PhysicalNode input, Column found, Set<Column> wanted) {
    List<Column> columns = concat(keep(input.columns(), wanted), List.of(found));
    return new PhysicalNode.IndexSeek(input, path.index(), path.seeks(), found, columns);
  }

  private PhysicalNode rows(
      LogicalNode.TableScan scan, AccessPaths.Path path, PhysicalNode input, Set<Column> wanted) {
    Column address = scan.rowAddress();
    if (address == null) {
      address = allocator.column("address", Type.INT64, false);
    }
    PhysicalNode.IndexSeek seek = seek(path, input, address, wanted);
    List<LogicalNode.ColumnRead> reads =
        scan.reads().stream().filter(r -> wanted.contains(r.column())).toList();
    List<Column> own = new ArrayList<>(reads.stream().map(r -> r.column()).toList());
    return new PhysicalNode.RowLookup(
        seek,
        scan.tableId(),
        scan.tableName(),
        address,
        reads,
        concat(keep(seek.columns(), wanted), own));
  }

  private static PhysicalNode nodes(
      LogicalNode.NodeScan scan, AccessPaths.Path path, PhysicalNode input, Set<Column> wanted) {
    PhysicalNode.IndexSeek seek = seek(path, input, scan.node(), wanted);
    List<Column> own = scan.properties().stream().map(p -> p.column()).toList();
    return new PhysicalNode.NodeLookup(
        seek,
        scan.node(),
        scan.labels(),
        PhysicalPlanner.reads(scan.properties(), wanted),
        concat(keep(seek.columns(), wanted), keep(own, wanted)));
  }

  private static PhysicalNode edges(
      LogicalNode.EdgeScan scan, AccessPaths.Path path, PhysicalNode input, Set<Column> wanted) {
    PhysicalNode.IndexSeek seek = seek(path, input, scan.edge(), wanted);
    List<Column> own = new ArrayList<>(List.of(scan.source(), scan.target()));
    scan.properties().forEach(p -> own.add(p.column()));
    return new PhysicalNode.EdgeLookup(
        seek,
        scan.edge(),
        scan.source(),
        scan.target(),
        scan.direction(),
        PhysicalPlanner.reads(scan.properties(), wanted),
        concat(keep(seek.columns(), wanted), keep(own, wanted)));
  }
}
