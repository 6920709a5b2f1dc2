package io.sabot.optimizer.physical;

import static io.sabot.optimizer.physical.PhysicalPlanner.boundColumn;
import static io.sabot.optimizer.physical.PhysicalPlanner.concat;
import static io.sabot.optimizer.physical.PhysicalPlanner.filterOn;
import static io.sabot.optimizer.physical.PhysicalPlanner.keep;
import static io.sabot.optimizer.physical.PhysicalPlanner.union;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.physical.PhysicalNode.Along;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns a scan of graph or RDF data, one position of which must equal a known value, into a lookup
/// from that value.
///
/// The value comes from an input: the rows of a left side, the enclosing left side's row
/// (`Argument`), or a single row of constants.
final class Lookups {
  private final ColumnAllocator allocator;

  Lookups(ColumnAllocator allocator) {
    this.allocator = allocator;
  }

  /// A position of a scan, and what it must equal.
  private record Binding(Column position, Expr value) {}

  /// Where the known values come from.
  ///
  /// @param known the columns a value may use
  /// @param constants those of them that are constants here: they are read and not passed on
  /// @param rows plans the input so that it delivers these columns
  private record Source(
      Set<Column> known, Set<Column> constants, Function<Set<Column>, PhysicalNode> rows) {}

  PhysicalNode allPaths(LogicalNode.PathScan n, Set<Column> needed) {
    Column edges = n.edges() != null && needed.contains(n.edges()) ? n.edges() : null;
    return new PhysicalNode.PathSearch(
        unit(),
        n.source(),
        n.target(),
        edges,
        n.spec(),
        n.edgeProperties(),
        null,
        null,
        keep(PlanColumns.of(n), needed));
  }

  private static PhysicalNode unit() {
    return new PhysicalNode.Values(List.of(), List.of(List.of()));
  }

  /// A lookup from constants and columns of enclosing left sides; null when `leaf` has none.
  @Nullable PhysicalNode fromOuter(
      LogicalNode leaf, List<Expr> conjuncts, Set<Column> needed, Set<Column> outer) {
    Source source =
        new Source(
            outer,
            outer,
            columns -> {
              List<Column> used = keep(outer, columns);
              return used.isEmpty() ? unit() : new PhysicalNode.Argument(used);
            });
    return find(leaf, conjuncts, source, needed);
  }

  /// A lookup from the rows of a left side; delivers the left columns too. Null when `leaf` is not
  /// tied to the left side.
  @Nullable PhysicalNode fromLeft(
      LogicalNode leaf,
      List<Expr> conjuncts,
      Set<Column> left,
      Function<Set<Column>, PhysicalNode> leftRows,
      Set<Column> needed) {
    return find(leaf, conjuncts, new Source(left, Set.of(), leftRows), needed);
  }

  private @Nullable PhysicalNode find(
      LogicalNode leaf, List<Expr> conjuncts, Source source, Set<Column> needed) {
    Set<Column> own = new HashSet<>(PlanColumns.of(leaf));
    List<Binding> bindings = new ArrayList<>();
    List<Expr> rest = new ArrayList<>();
    Set<Column> positions = positions(leaf);
    for (Expr conjunct : conjuncts) {
      Binding binding = binding(conjunct, positions, source.known());
      if (binding == null) {
        rest.add(conjunct);
      } else {
        positions.remove(binding.position());
        bindings.add(binding);
      }
    }
    if (bindings.isEmpty()) {
      return null;
    }
    Set<Column> wanted = union(needed, LogicFunctions.and(rest).columns());
    wanted.removeAll(source.constants());
    Set<Column> fromInput = new LinkedHashSet<>(wanted);
    fromInput.removeAll(own);
    bindings.forEach(b -> b.value().collectColumns(fromInput));
    if (leaf instanceof LogicalNode.PathScan path) {
      path.edgeProperties().values().forEach(e -> e.collectColumns(fromInput));
    }
    Bound bound = bind(source.rows().apply(fromInput), bindings, source.constants());
    PhysicalNode found =
        switch (leaf) {
          case LogicalNode.EdgeScan scan -> expand(scan, bound, wanted);
          case LogicalNode.NodeScan scan -> nodeLookup(scan, bound, wanted);
          case LogicalNode.QuadScan scan -> quadLookup(scan, bound, wanted);
          case LogicalNode.PathScan scan -> pathSearch(scan, bound, wanted);
          default -> throw new IllegalStateException("no lookup in " + leaf);
        };
    return filterOn(found, rest, needed);
  }

  /// The positions of a leaf from which it can be looked up.
  private static Set<Column> positions(LogicalNode leaf) {
    Set<Column> positions = new LinkedHashSet<>();
    switch (leaf) {
      case LogicalNode.EdgeScan scan -> positions.addAll(List.of(scan.source(), scan.target()));
      case LogicalNode.NodeScan scan -> positions.add(scan.node());
      case LogicalNode.PathScan scan -> positions.addAll(List.of(scan.source(), scan.target()));
      case LogicalNode.QuadScan scan -> {
        for (QuadTerm term : terms(scan)) {
          Column column = boundColumn(term);
          if (column != null) {
            positions.add(column);
          }
        }
      }
      default -> {}
    }
    return positions;
  }

  private static List<QuadTerm> terms(LogicalNode.QuadScan scan) {
    return List.of(scan.graph(), scan.subject(), scan.predicate(), scan.object());
  }

  private static @Nullable Binding binding(
      Expr conjunct, Set<Column> positions, Set<Column> known) {
    if (!(conjunct instanceof Expr.Call call) || call.args().size() != 2) {
      return null;
    }
    Expr a = call.args().get(0);
    Expr b = call.args().get(1);
    boolean identity =
        call.function().equals(ComparisonFunctions.SAME_TERM)
            || ComparisonFunctions.opOf(call.function()) == ComparisonFunctions.Op.EQ
                && JoinKeys.isIdentifier(a.type())
                && JoinKeys.isIdentifier(b.type());
    if (!identity) {
      return null;
    }
    Binding binding = binding(a, b, positions, known);
    return binding != null ? binding : binding(b, a, positions, known);
  }

  private static @Nullable Binding binding(
      Expr position, Expr value, Set<Column> positions, Set<Column> known) {
    boolean usable =
        position instanceof Expr.Col(var column)
            && positions.contains(column)
            && known.containsAll(value.columns());
    return usable ? new Binding(((Expr.Col) position).column(), JoinKeys.asTerm(value)) : null;
  }

  /// An input with a column for each known value.
  ///
  /// @param values the column that holds what each position must equal
  /// @param constants columns of `input` that need not be passed on
  private record Bound(PhysicalNode input, Map<Column, Column> values, Set<Column> constants) {
    @Nullable Column of(@Nullable Column position) {
      return position == null ? null : values.get(position);
    }
  }

  private Bound bind(PhysicalNode input, List<Binding> bindings, Set<Column> constants) {
    Map<Column, Column> values = new java.util.HashMap<>();
    List<Assignment> computed = new ArrayList<>();
    boolean asIs = bindings.stream().allMatch(b -> isColumnOf(input, b.value()));
    for (Binding binding : bindings) {
      if (binding.value() instanceof Expr.Col(var column)
          && isColumnOf(input, binding.value())
          && (asIs || !constants.contains(column))) {
        values.put(binding.position(), column);
      } else {
        Column value = allocator.column(binding.position().name(), binding.value().type(), true);
        computed.add(new Assignment(value, binding.value()));
        values.put(binding.position(), value);
      }
    }
    if (computed.isEmpty()) {
      return new Bound(input, values, constants);
    }
    // Constants are known without being passed on, so what is made of them takes their place.
    List<Column> kept = new ArrayList<>(input.columns());
    kept.removeAll(constants);
    List<Column> columns = concat(kept, computed.stream().map(c -> c.column()).toList());
    return new Bound(new PhysicalNode.Project(input, computed, columns), values, constants);
  }

  private static boolean isColumnOf(PhysicalNode input, Expr value) {
    return value instanceof Expr.Col(var column) && input.columns().contains(column);
  }

  private static PhysicalNode expand(LogicalNode.EdgeScan scan, Bound bound, Set<Column> wanted) {
    Column source = bound.of(scan.source());
    Column target = bound.of(scan.target());
    boolean fromSource = source != null;
    Column from = source != null ? source : target;
    if (from == null) {
      throw new IllegalStateException("an expansion from nowhere: " + scan);
    }
    Column to = fromSource ? scan.target() : scan.source();
    Column into = fromSource ? target : null;
    Along along =
        scan.direction() == Direction.BOTH ? Along.BOTH : fromSource ? Along.OUT : Along.IN;
    List<Column> own = new ArrayList<>(List.of(scan.edge()));
    if (into == null) {
      own.add(to);
    }
    scan.properties().forEach(p -> own.add(p.column()));
    Set<Column> kept = passing(bound, wanted);
    PhysicalNode expand =
        new PhysicalNode.Expand(
            bound.input(),
            from,
            scan.edge(),
            to,
            into,
            scan.types(),
            along,
            PhysicalPlanner.reads(scan.properties(), wanted),
            concat(keep(bound.input().columns(), kept), keep(own, wanted)));
    return named(expand, bound, wanted);
  }

  private static PhysicalNode nodeLookup(
      LogicalNode.NodeScan scan, Bound bound, Set<Column> wanted) {
    Column node = bound.of(scan.node());
    if (node == null) {
      throw new IllegalStateException("a lookup of no node: " + scan);
    }
    List<Column> own = scan.properties().stream().map(p -> p.column()).toList();
    PhysicalNode lookup =
        new PhysicalNode.NodeLookup(
            bound.input(),
            node,
            scan.labels(),
            PhysicalPlanner.reads(scan.properties(), wanted),
            concat(keep(bound.input().columns(), passing(bound, wanted)), keep(own, wanted)));
    return named(lookup, bound, wanted);
  }

  private static PhysicalNode quadLookup(
      LogicalNode.QuadScan scan, Bound bound, Set<Column> wanted) {
    Map<Character, Column> places = new TreeMap<>();
    List<QuadTerm> open = new ArrayList<>();
    List<Column> own = new ArrayList<>();
    int place = 0;
    for (QuadTerm term : terms(scan)) {
      Column value = bound.of(boundColumn(term));
      if (value != null) {
        places.put("gspo".charAt(place), value);
        open.add(new QuadTerm.Wildcard());
      } else {
        open.add(term);
        if (term instanceof QuadTerm.Bind(var column)) {
          own.add(column);
        }
      }
      place++;
    }
    PhysicalNode lookup =
        new PhysicalNode.QuadLookup(
            bound.input(),
            scan.scope(),
            open.get(0),
            open.get(1),
            open.get(2),
            open.get(3),
            places,
            concat(keep(bound.input().columns(), passing(bound, wanted)), keep(own, wanted)));
    return named(lookup, bound, wanted);
  }

  private static PhysicalNode pathSearch(
      LogicalNode.PathScan scan, Bound bound, Set<Column> wanted) {
    Column edges = scan.edges() != null && wanted.contains(scan.edges()) ? scan.edges() : null;
    return new PhysicalNode.PathSearch(
        bound.input(),
        scan.source(),
        scan.target(),
        edges,
        scan.spec(),
        scan.edgeProperties(),
        bound.of(scan.source()),
        bound.of(scan.target()),
        concat(keep(bound.input().columns(), wanted), keep(PlanColumns.of(scan), wanted)));
  }

  /// The input columns that pass an operator: those wanted above, and those that hold a known value
  /// which is wanted under the name of its position.
  private static Set<Column> passing(Bound bound, Set<Column> wanted) {
    Set<Column> passing = new LinkedHashSet<>(wanted);
    bound
        .values()
        .forEach((position, value) -> {
          if (wanted.contains(position) && !bound.constants().contains(value)) {
            passing.add(value);
          }
        });
    return passing;
  }

  /// Gives the known values the names of their positions.
  private static PhysicalNode named(PhysicalNode found, Bound bound, Set<Column> wanted) {
    List<Assignment> names = new ArrayList<>();
    for (Column position : bound.values().keySet().stream().sorted(BY_ID).toList()) {
      Column value = bound.of(position);
      if (wanted.contains(position) && value != null) {
        names.add(new Assignment(position, inForm(value, position.type())));
      }
    }
    if (names.isEmpty()) {
      return found;
    }
    List<Column> columns =
        concat(keep(found.columns(), wanted), names.stream().map(n -> n.column()).toList());
    return new PhysicalNode.Project(found, names, columns);
  }

  private static final java.util.Comparator<Column> BY_ID =
      java.util.Comparator.comparingInt(Column::id);

  private static Expr inForm(Column value, Type type) {
    return type.physical() == Physical.TERM
        ? value.ref()
        : new Expr.Cast(value.ref(), type, Expr.CastMode.FORM);
  }
}
