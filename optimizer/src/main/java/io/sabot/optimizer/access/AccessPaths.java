package io.sabot.optimizer.access;

import io.sabot.optimizer.access.Condition.Kind;
import io.sabot.optimizer.cost.Estimator;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.IndexRef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.physical.PhysicalNode.Seek;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chooses, by cost, the index or key that finds what a scan under conditions delivers. Which
/// language the conditions came from does not matter: whatever an index finds is tested by them
/// afterwards.
public final class AccessPaths {
  /// Nanoseconds, about: evaluating what to look for and finding its place.
  public static final double SEEK = 1_500;

  /// Nanoseconds an entry, about: reading the row or the element that it names.
  private static final double FETCH_ROW = 250;

  private static final double FETCH_NODE = 400;
  private static final double FETCH_EDGE = 600;

  private static final double RANGE = 0.3;
  private static final double LIST = 5;

  /// More alternatives than this are not counted one by one.
  private static final int COUNTED_MAX = 16;

  /// Beyond every string that begins with the text before it.
  private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

  private final Catalog catalog;
  private final Statistics statistics;
  private final Estimator estimator;

  public AccessPaths(Catalog catalog, Estimator estimator) {
    this.catalog = catalog;
    this.statistics = catalog.statistics();
    this.estimator = estimator;
  }

  /// A way to read a scan.
  ///
  /// @param entries how many entries are read, about, for one row of what is known
  /// @param cost nanoseconds for one row of what is known, about
  public record Path(IndexRef index, List<Seek> seeks, double entries, double cost) {}

  /// The cheapest path, or null when no index serves these conditions.
  ///
  /// @param known columns that have a value before the scan is read; null for all that the scan
  ///   does not deliver itself
  public @Nullable Path best(LogicalNode scan, List<Expr> conjuncts, @Nullable Set<Column> known) {
    List<Candidate> candidates = Candidate.of(scan, catalog);
    if (candidates.isEmpty() || conjuncts.isEmpty()) {
      return null;
    }
    Set<Column> own = new HashSet<>(PlanColumns.of(scan));
    List<Condition> conditions = new ArrayList<>();
    for (Expr conjunct : conjuncts) {
      Condition condition = Condition.of(conjunct, scan, own, known);
      if (condition != null) {
        conditions.add(condition);
      }
    }
    Path best = null;
    for (Candidate candidate : conditions.isEmpty() ? List.<Candidate>of() : candidates) {
      Path path = path(scan, candidate, conditions);
      if (path != null && (best == null || path.cost() < best.cost())) {
        best = path;
      }
    }
    return best;
  }

  /// What reading the scan as a whole costs, in the same measure as a path.
  public double scanCost(LogicalNode scan) {
    double each =
        switch (scan) {
          case LogicalNode.TableScan _ -> 4;
          case LogicalNode.NodeScan _ -> 20;
          default -> 30;
        };
    return estimator.rows(scan) * each;
  }

  public double scanRows(LogicalNode scan) {
    return estimator.rows(scan);
  }

  /// Whether there is any index or key of what a scan reads.
  public boolean hasAny(LogicalNode scan) {
    return !Candidate.of(scan, catalog).isEmpty();
  }

  /// Columns of a scan by which an index could be entered.
  public Set<Column> entrances(LogicalNode scan) {
    Set<Column> found = new LinkedHashSet<>();
    for (Candidate candidate : Candidate.of(scan, catalog)) {
      Object first = candidate.keys().getFirst();
      switch (scan) {
        case LogicalNode.TableScan n ->
            n.reads().stream()
                .filter(r -> first.equals(r.columnId()))
                .forEach(r -> found.add(r.column()));
        case LogicalNode.NodeScan n -> enter(first, n.properties(), found);
        case LogicalNode.EdgeScan n -> enter(first, n.properties(), found);
        default -> {}
      }
    }
    return found;
  }

  private static void enter(Object key, List<PropertyRead> reads, Set<Column> found) {
    reads.stream().filter(r -> r.key().equals(key)).forEach(r -> found.add(r.column()));
  }

  private @Nullable Path path(LogicalNode scan, Candidate candidate, List<Condition> conditions) {
    List<Expr> equal = new ArrayList<>();
    for (Object key : candidate.keys()) {
      Condition condition = find(conditions, key, Kind.EQUAL);
      if (condition == null) {
        break;
      }
      equal.add(condition.values().getFirst());
    }
    int width = candidate.keys().size();
    List<Seek> seeks = new ArrayList<>();
    if (equal.size() < width) {
      seeks.addAll(next(equal, candidate.keys().get(equal.size()), conditions));
    }
    boolean isWhole = equal.size() == width || equal.size() == width - 1 && isPoints(seeks);
    if (seeks.isEmpty() && !equal.isEmpty()) {
      seeks.add(new Seek(equal, null, null, null));
    }
    if (seeks.isEmpty() || !candidate.ordered() && !isWhole) {
      return null;
    }
    double entries = 0;
    double count = 0;
    for (Seek seek : seeks) {
      entries +=
          seeks.size() > COUNTED_MAX ? each(candidate, seek) : entries(scan, candidate, seek);
      count += seek.anyOf() == null ? 1 : elements(seek.anyOf());
    }
    return new Path(candidate.index(), seeks, entries, SEEK * count + fetch(scan) * entries);
  }

  private static @Nullable Condition find(List<Condition> conditions, Object key, Kind kind) {
    for (Condition condition : conditions) {
      if (condition.key().equals(key) && condition.kind() == kind) {
        return condition;
      }
    }
    return null;
  }

  private static boolean isPoints(List<Seek> seeks) {
    return !seeks.isEmpty()
        && seeks.stream().allMatch(s -> s.anyOf() == null && s.low() == null && s.high() == null);
  }

  /// What the column after the equal ones is looked up by.
  private static List<Seek> next(List<Expr> equal, Object key, List<Condition> conditions) {
    Condition oneOf = find(conditions, key, Kind.ONE_OF);
    if (oneOf != null) {
      List<Seek> seeks = new ArrayList<>();
      for (Expr value : oneOf.values()) {
        List<Expr> longer = new ArrayList<>(equal);
        longer.add(value);
        seeks.add(new Seek(longer, null, null, null));
      }
      return seeks;
    }
    Condition inList = find(conditions, key, Kind.IN_LIST);
    if (inList != null) {
      return List.of(new Seek(equal, inList.values().getFirst(), null, null));
    }
    Condition begins = find(conditions, key, Kind.BEGINS);
    if (begins != null && begins.values().getFirst() instanceof Expr.Lit(Value.Str(var text), _)) {
      Expr end = new Expr.Lit(Value.of(text + LAST), Type.STRING);
      return List.of(new Seek(equal, null, begins.values().getFirst(), end));
    }
    Condition low = find(conditions, key, Kind.FROM);
    Condition high = find(conditions, key, Kind.UP_TO);
    if (low == null && high == null) {
      return List.of();
    }
    return List.of(
        new Seek(
            equal,
            null,
            low == null ? null : low.values().getFirst(),
            high == null ? null : high.values().getFirst()));
  }

  private static double fetch(LogicalNode scan) {
    return switch (scan) {
      case LogicalNode.TableScan _ -> FETCH_ROW;
      case LogicalNode.NodeScan _ -> FETCH_NODE;
      default -> FETCH_EDGE;
    };
  }

  private static double elements(Expr list) {
    return list instanceof Expr.Lit(Value.ListValue(var items), _) ? items.size() : LIST;
  }

  private double entries(LogicalNode scan, Candidate candidate, Seek seek) {
    boolean isCounted =
        seek.anyOf() == null && seek.exprs().stream().allMatch(e -> e instanceof Expr.Lit);
    if (isCounted) {
      List<Value> equal = seek.equal().stream().map(AccessPaths::constant).toList();
      Expr low = seek.low();
      Expr high = seek.high();
      OptionalDouble exact =
          statistics.entries(
              candidate.index(),
              equal,
              low == null ? null : constant(low),
              high == null ? null : constant(high));
      if (exact.isPresent()) {
        return exact.getAsDouble();
      }
    }
    double each = each(candidate, seek);
    if (seek.anyOf() != null) {
      return each * elements(seek.anyOf());
    }
    return Math.min(each, estimator.rows(scan));
  }

  private static Value constant(Expr expr) {
    return expr instanceof Expr.Lit(var value, _) ? value : Value.NULL;
  }

  /// Entries of one seek whose values are not known yet.
  private double each(Candidate candidate, Seek seek) {
    int columns = seek.equal().size() + (seek.anyOf() == null ? 0 : 1);
    double entries;
    if (columns == candidate.keys().size() && candidate.unique()) {
      entries = 1;
    } else if (columns == 0) {
      entries = statistics.entries(candidate.index(), List.of(), null, null).orElse(1000);
    } else {
      entries = statistics.entriesEach(candidate.index(), columns).orElse(10);
    }
    entries *= seek.low() == null ? 1 : RANGE;
    entries *= seek.high() == null ? 1 : RANGE;
    return entries;
  }
}
