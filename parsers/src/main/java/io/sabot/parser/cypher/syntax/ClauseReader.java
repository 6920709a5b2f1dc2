package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Projection;
import io.sabot.parser.cypher.ast.Query;
import io.sabot.parser.cypher.ast.Query.SingleQuery;
import io.sabot.parser.cypher.ast.Query.UnionPart;
import io.sabot.parser.cypher.ast.RemoveItem;
import io.sabot.parser.cypher.ast.SetItem;
import io.sabot.parser.cypher.ast.Statement;
import io.sabot.parser.cypher.grammar.CypherParser.CallClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.ClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.CreateClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.DeleteClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.ExpressionContext;
import io.sabot.parser.cypher.grammar.CypherParser.FinishClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.ForeachClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.LoadCsvClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.MatchClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.MergeClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.ProjectionContext;
import io.sabot.parser.cypher.grammar.CypherParser.ProjectionItemContext;
import io.sabot.parser.cypher.grammar.CypherParser.PropertyTargetContext;
import io.sabot.parser.cypher.grammar.CypherParser.QueryContext;
import io.sabot.parser.cypher.grammar.CypherParser.RemoveClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.RemoveItemContext;
import io.sabot.parser.cypher.grammar.CypherParser.RemoveLabelsContext;
import io.sabot.parser.cypher.grammar.CypherParser.RemovePropertyContext;
import io.sabot.parser.cypher.grammar.CypherParser.ReturnClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.SetAllContext;
import io.sabot.parser.cypher.grammar.CypherParser.SetClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.SetItemContext;
import io.sabot.parser.cypher.grammar.CypherParser.SetLabelsContext;
import io.sabot.parser.cypher.grammar.CypherParser.SetMoreContext;
import io.sabot.parser.cypher.grammar.CypherParser.SetPropertyContext;
import io.sabot.parser.cypher.grammar.CypherParser.ShowClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.SingleQueryContext;
import io.sabot.parser.cypher.grammar.CypherParser.SortItemContext;
import io.sabot.parser.cypher.grammar.CypherParser.StatementContext;
import io.sabot.parser.cypher.grammar.CypherParser.SubqueryClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.UnwindClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.UseClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.WhereContext;
import io.sabot.parser.cypher.grammar.CypherParser.WithClauseContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads clauses and the queries made of them.
final class ClauseReader {
  private ClauseReader() {}

  static Statement statement(StatementContext context) {
    Statement.Mode mode =
        context.EXPLAIN() != null
            ? Statement.Mode.EXPLAIN
            : context.PROFILE() != null ? Statement.Mode.PROFILE : Statement.Mode.RUN;
    return new Statement(mode, query(context.query()));
  }

  static Query query(QueryContext context) {
    List<UnionPart> unions =
        context.unionPart().stream()
            .map(u -> new UnionPart(u.ALL() != null, singleQuery(u.singleQuery()), Places.of(u)))
            .toList();
    return new Query(singleQuery(context.singleQuery()), unions, Places.of(context));
  }

  private static SingleQuery singleQuery(SingleQueryContext context) {
    return new SingleQuery(clauses(context.clause()), Places.of(context));
  }

  private static List<Clause> clauses(List<ClauseContext> contexts) {
    return contexts.stream().map(ClauseReader::clause).toList();
  }

  private static Clause clause(ClauseContext context) {
    var place = Places.of(context);
    return switch (context.getChild(0)) {
      case MatchClauseContext match -> match(match);
      case MergeClauseContext merge -> merge(merge);
      case UseClauseContext use ->
          new Clause.Use(ExpressionReader.qualifiedName(use.qualifiedName()), place);
      case ShowClauseContext show -> CallReader.show(show);
      case FinishClauseContext _ -> new Clause.Finish(place);
      case CallClauseContext call -> CallReader.call(call);
      case SetClauseContext set -> new Clause.Set(setItems(set), place);
      case UnwindClauseContext unwind ->
          new Clause.Unwind(
              ExpressionReader.expression(unwind.expression()),
              PatternReader.boundVariable(unwind.variable()),
              place);
      case CreateClauseContext create ->
          new Clause.Create(PatternReader.pattern(create.pattern()), place);
      case RemoveClauseContext remove ->
          new Clause.Remove(
              remove.removeItem().stream().map(ClauseReader::removeItem).toList(), place);
      case DeleteClauseContext delete ->
          new Clause.Delete(
              delete.DETACH() != null, ExpressionReader.expressions(delete.expression()), place);
      case ForeachClauseContext foreach ->
          new Clause.Foreach(
              PatternReader.boundVariable(foreach.variable()),
              ExpressionReader.expression(foreach.expression()),
              clauses(foreach.clause()),
              place);
      case SubqueryClauseContext subquery -> CallReader.subquery(subquery);
      case LoadCsvClauseContext load -> CallReader.loadCsv(load);
      case WithClauseContext with ->
          new Clause.With(projection(with.projection()), where(with.where()), place);
      case ReturnClauseContext returned ->
          new Clause.Return(projection(returned.projection()), place);
      default -> throw new IllegalStateException("unknown clause " + context.getText());
    };
  }

  private static Clause match(MatchClauseContext context) {
    return new Clause.Match(
        context.OPTIONAL() != null,
        PatternReader.pattern(context.pattern(), SearchReader.isRepeatable(context.matchMode())),
        where(context.where()),
        Places.of(context));
  }

  private static Clause merge(MergeClauseContext context) {
    List<SetItem> onCreate = new ArrayList<>();
    List<SetItem> onMatch = new ArrayList<>();
    for (var action : context.mergeAction()) {
      (action.CREATE() != null ? onCreate : onMatch).addAll(setItems(action.setClause()));
    }
    return new Clause.Merge(
        PatternReader.part(context.patternPart()), onCreate, onMatch, Places.of(context));
  }

  private static List<SetItem> setItems(SetClauseContext context) {
    return context.setItem().stream().map(ClauseReader::setItem).toList();
  }

  private static SetItem setItem(SetItemContext context) {
    var place = Places.of(context);
    return switch (context) {
      case SetPropertyContext property -> {
        var target = target(property.propertyTarget());
        yield new SetItem.SetProperty(
            target.subject(),
            target.key(),
            ExpressionReader.expression(property.expression()),
            place);
      }
      case SetAllContext all ->
          new SetItem.SetAll(
              PatternReader.boundVariable(all.variable()),
              ExpressionReader.expression(all.expression()),
              false,
              place);
      case SetMoreContext more ->
          new SetItem.SetAll(
              PatternReader.boundVariable(more.variable()),
              ExpressionReader.expression(more.expression()),
              true,
              place);
      case SetLabelsContext labels ->
          new SetItem.SetLabels(
              PatternReader.boundVariable(labels.variable()),
              PatternReader.labelTexts(labels.nodeLabels()),
              place);
      default -> throw new IllegalStateException("unknown SET item " + context.getText());
    };
  }

  private static RemoveItem removeItem(RemoveItemContext context) {
    return switch (context) {
      case RemoveLabelsContext labels ->
          new RemoveItem.RemoveLabels(
              PatternReader.boundVariable(labels.variable()),
              PatternReader.labelTexts(labels.nodeLabels()),
              Places.of(context));
      case RemovePropertyContext property -> {
        var target = target(property.propertyTarget());
        yield new RemoveItem.RemoveProperty(target.subject(), target.key(), Places.of(context));
      }
      default -> throw new IllegalStateException("unknown REMOVE item " + context.getText());
    };
  }

  private static Expression.Property target(PropertyTargetContext context) {
    Expression subject = ExpressionReader.atom(context.atom());
    var lookups = context.propertyLookup();
    for (var lookup : lookups) {
      subject =
          new Expression.Property(
              subject, PatternReader.name(lookup.schemaName()).text(), Places.of(context));
    }
    return (Expression.Property) subject;
  }

  private static Projection projection(ProjectionContext context) {
    return new Projection(
        context.DISTINCT() != null,
        context.projectionItems().STAR() != null,
        context.projectionItems().projectionItem().stream().map(ClauseReader::item).toList(),
        context.orderBy() == null
            ? List.of()
            : context.orderBy().sortItem().stream().map(ClauseReader::sortItem).toList(),
        context.skip() == null ? null : ExpressionReader.expression(context.skip().expression()),
        context.limit() == null ? null : ExpressionReader.expression(context.limit().expression()),
        Places.of(context));
  }

  private static Projection.Item item(ProjectionItemContext context) {
    ExpressionContext expression = context.expression();
    return new Projection.Item(
        ExpressionReader.expression(expression),
        PatternReader.variable(context.variable()),
        Places.text(expression),
        Places.of(context));
  }

  private static Projection.SortItem sortItem(SortItemContext context) {
    return new Projection.SortItem(
        ExpressionReader.expression(context.expression()),
        context.descending != null,
        Places.of(context));
  }

  static @Nullable Expression where(@Nullable WhereContext context) {
    return context == null ? null : ExpressionReader.expression(context.expression());
  }
}
