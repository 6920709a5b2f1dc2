package io.sabot.optimizer.physical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A filter on properties of what a scan delivers reads them with the scan, column by column,
/// instead of looking up each element again.
///
/// ```
/// filter n.id = 3        filter id = 3
///   nodes n        =>      nodes n [id = 'id']
/// ```
///
/// Properties that only the rows left by the filter need are still fetched late.
record ScannedProperties(LogicalNode scan, List<Expr> conjuncts) {
  static ScannedProperties of(LogicalNode base, List<Expr> conjuncts, ColumnAllocator allocator) {
    return switch (base) {
      case LogicalNode.NodeScan scan -> {
        Reads reads = new Reads(scan.node(), scan.properties(), allocator);
        List<Expr> read = reads.replaceAll(conjuncts);
        yield new ScannedProperties(
            new LogicalNode.NodeScan(scan.node(), scan.labels(), reads.all), read);
      }
      case LogicalNode.EdgeScan scan -> {
        Reads reads = new Reads(scan.edge(), scan.properties(), allocator);
        List<Expr> read = reads.replaceAll(conjuncts);
        yield new ScannedProperties(
            new LogicalNode.EdgeScan(
                scan.edge(),
                scan.source(),
                scan.target(),
                scan.types(),
                scan.direction(),
                reads.all),
            read);
      }
      default -> new ScannedProperties(base, conjuncts);
    };
  }

  private static final class Reads {
    private final Column owner;
    private final ColumnAllocator allocator;
    private final List<PropertyRead> all;
    private final Map<String, Column> byKey = new HashMap<>();

    Reads(Column owner, List<PropertyRead> known, ColumnAllocator allocator) {
      this.owner = owner;
      this.allocator = allocator;
      this.all = new ArrayList<>(known);
      known.forEach(read -> byKey.put(read.key(), read.column()));
    }

    List<Expr> replaceAll(List<Expr> conjuncts) {
      return conjuncts.stream().map(conjunct -> conjunct.transform(this::replace)).toList();
    }

    private Expr replace(Expr expr) {
      return expr instanceof Expr.Property(Expr.Col(var from), var key, var type)
              && from.equals(owner)
              && type == Type.ANY
          ? byKey.computeIfAbsent(key, this::read).ref()
          : expr;
    }

    private Column read(String key) {
      Column column = allocator.column(key, Type.ANY, true);
      all.add(new PropertyRead(column, key));
      return column;
    }
  }
}
