package io.sabot.parser.cypher.ast;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import java.util.Locale;

/// The wording of faults that only Cypher has. The detail is the word of the openCypher TCK.
public final class CypherErrors {
  private CypherErrors() {}

  public static QueryException syntax(SourceSpan span, String message, String hint) {
    return Errors.syntax(span, message, hint).withDetail("UnexpectedSyntax");
  }

  public static QueryException unexpectedSyntax(Place place, String message, String hint) {
    return syntax(place.span(), message, hint);
  }

  public static QueryException unicodeCharacter(SourceSpan span, String character) {
    return Errors.syntax(
            span,
            "the character '" + character + "' (U+" + hex(character) + ") has no meaning here",
            "was it pasted from a document? type the plain ASCII character instead")
        .withDetail("InvalidUnicodeCharacter");
  }

  private static String hex(String character) {
    return String.format(Locale.ROOT, "%04X", character.codePointAt(0));
  }

  public static QueryException number(Place place, String text) {
    return Errors.syntax(
            place.span(),
            "'" + text + "' is not a number",
            "numbers look like 42, -1.5, 6.02e23, 0x2A or 0o52")
        .withDetail("InvalidNumberLiteral");
  }

  public static QueryException integerOverflow(Place place, String text) {
    return new QueryException(
        ErrorCode.OUT_OF_RANGE,
        place.span(),
        "the integer '" + text + "' does not fit in 64 bits",
        "write a decimal number such as " + decimal(text) + " to use a float",
        "IntegerOverflow",
        null);
  }

  private static String decimal(String text) {
    return text.startsWith("0") || text.startsWith("-0") ? "1.0e19" : text + ".0";
  }

  public static QueryException floatOverflow(Place place, String text) {
    return new QueryException(
        ErrorCode.OUT_OF_RANGE,
        place.span(),
        "the number '" + text + "' is beyond the largest float, 1.7976931348623157e308",
        "",
        "FloatingPointOverflow",
        null);
  }

  public static QueryException unicodeLiteral(Place place, String escape) {
    return Errors.syntax(
            place.span(),
            "the escape '" + escape + "' is not complete",
            "write \\u and four hexadecimal digits, or \\U and eight")
        .withDetail("InvalidUnicodeLiteral");
  }

  public static QueryException escape(Place place, String escape) {
    return unexpectedSyntax(
        place,
        "the escape '" + escape + "' is not known",
        "known are \\\\ \\' \\\" \\b \\f \\n \\r \\t \\uXXXX and \\UXXXXXXXX;"
            + " write \\\\ for a backslash");
  }

  public static QueryException relationshipLength(Place place, String message) {
    return semantic(
        place,
        "InvalidRelationshipPattern",
        message,
        "lengths look like *, *2, *1..3, *..3 or *2..");
  }

  public static QueryException parameterAsProperties(Place place, String name, String clause) {
    return semantic(
        place,
        "InvalidParameterUse",
        "parameter '$" + name + "' cannot stand for all properties of a pattern in " + clause,
        "name the properties: {key: $" + name + ".key}");
  }

  public static QueryException alreadyBound(Place place, String name, String where) {
    return semantic(
        place,
        "VariableAlreadyBound",
        "variable '" + name + "' already has a value, so " + where + " cannot give it another one",
        "use a new name");
  }

  public static QueryException typeConflict(
      Place place, String name, String found, String expected) {
    return semantic(
        place,
        "VariableTypeConflict",
        "variable '" + name + "' is " + found + ", but is used here as " + expected,
        "use a new name");
  }

  public static QueryException argumentType(
      Place place, String found, String expected, String where) {
    return semantic(
        place,
        "InvalidArgumentType",
        "found " + found + ", expected " + expected + " " + where,
        "");
  }

  /// A property of what has none: unlike other arguments, this is a type error in openCypher.
  public static QueryException propertyOwner(
      Place place, String found, String expected, String key) {
    return new QueryException(
        ErrorCode.TYPE_MISMATCH,
        place.span(),
        "found " + found + ", expected " + expected + " before '." + key + "'",
        "",
        "InvalidArgumentType",
        null);
  }

  public static QueryException aggregationHere(Place place, String where) {
    return semantic(
        place,
        "InvalidAggregation",
        "an aggregation cannot be used in " + where,
        "compute it in a WITH first, then use its name");
  }

  public static QueryException nestedAggregation(Place place) {
    return semantic(
        place,
        "NestedAggregation",
        "an aggregation cannot be used inside another aggregation",
        "compute the inner one in a WITH first");
  }

  public static QueryException ambiguousAggregation(Place place, String text) {
    return semantic(
        place,
        "AmbiguousAggregationExpression",
        text + " is mixed with an aggregation but is not a grouping key of its own",
        "compute it in a WITH first, or project it as a column of its own");
  }

  public static QueryException noAlias(Place place, String text) {
    return semantic(
        place,
        "NoExpressionAlias",
        "the expression '" + text + "' in WITH has no name",
        "add AS and a name");
  }

  public static QueryException columnConflict(Place place, String name) {
    return semantic(
        place,
        "ColumnNameConflict",
        "two columns are called '" + name + "'",
        "give one of them another name with AS");
  }

  public static QueryException unionColumns(Place place, String left, String right) {
    return semantic(
        place,
        "DifferentColumnsInUnion",
        "the queries of a UNION return different columns: (" + left + ") and (" + right + ")",
        "rename columns with AS until both sides have the same names");
  }

  public static QueryException composition(Place place, String message, String hint) {
    return semantic(place, "InvalidClauseComposition", message, hint);
  }

  public static QueryException notConstant(Place place, String where) {
    return semantic(
        place,
        "NonConstantExpression",
        where + " must not change from row to row",
        "use literals and parameters only");
  }

  public static QueryException negative(Place place, String clause) {
    return semantic(place, "NegativeIntegerArgument", clause + " must not be negative", "");
  }

  public static QueryException argumentCount(
      Place place, String function, String expected, int found) {
    return semantic(
        place,
        "InvalidNumberOfArguments",
        "'" + function + "' takes " + expected + ", found " + found,
        "");
  }

  public static QueryException relationshipTwice(Place place, String name) {
    return semantic(
        place,
        "RelationshipUniquenessViolation",
        "relationship '" + name + "' appears twice in one pattern, which can never match",
        "a relationship is used at most once in a MATCH; use another name or another MATCH");
  }

  public static QueryException nothingInScope(Place place, String clause) {
    return semantic(
        place,
        "NoVariablesInScope",
        clause + " * has no variables to project",
        "name something in the pattern first, for example MATCH (n)");
  }

  public static QueryException creatingVarLength(Place place, String clause) {
    return semantic(
        place,
        "CreatingVarLength",
        clause + " needs one relationship, found a variable length",
        "write each relationship of the path");
  }

  public static QueryException undirected(Place place, String clause) {
    return semantic(
        place,
        "RequiresDirectedRelationship",
        clause + " needs a relationship with exactly one direction",
        "write -[:TYPE]-> or <-[:TYPE]-");
  }

  public static QueryException singleType(Place place, String clause, int found) {
    return semantic(
        place,
        "NoSingleRelationshipType",
        clause + " needs exactly one relationship type, found " + (found == 0 ? "none" : found),
        "write -[:TYPE]->");
  }

  public static QueryException deleteLabel(Place place) {
    return semantic(
        place,
        "InvalidDelete",
        "DELETE removes nodes, relationships and paths, not labels or types",
        "use REMOVE to take a label away");
  }

  public static QueryException implicitArguments(Place place, String procedure) {
    return semantic(
        place,
        "InvalidArgumentPassingMode",
        "the call of '" + procedure + "' inside a query has no argument list",
        "write CALL " + procedure + "(...) with its arguments");
  }

  public static QueryException unknownProcedure(Place place, String name, String hint) {
    return new QueryException(
        ErrorCode.UNKNOWN_PROCEDURE,
        place.span(),
        "procedure '" + name + "' does not exist",
        hint,
        "ProcedureNotFound",
        null);
  }

  private static QueryException semantic(Place place, String detail, String message, String hint) {
    return Errors.semantic(place.span(), detail, message, hint);
  }
}
